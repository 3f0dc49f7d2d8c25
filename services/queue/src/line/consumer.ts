/** Name this service consumes events under; `apply_line_step` in `migrations/` writes the same. */
export const consumer = 'queue-service';
