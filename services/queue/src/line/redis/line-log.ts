import type pg from 'pg';
import type { LogOutcome } from './line-step.ts';

/** Writes steps of one line to the log, oldest first, in one commit. */
export async function recordSteps(
  pool: Pick<pg.Pool, 'query'>,
  line: { readonly eventId: string; readonly incarnation: number },
  steps: readonly string[],
): Promise<LogOutcome> {
  try {
    const { rows } = await pool.query<{ outcome: LogOutcome }>({
      text: 'SELECT record_line_steps($1, $2, $3) AS outcome',
      values: [line.eventId, line.incarnation, `[${steps.join(',')}]`],
    });
    return rows[0]?.outcome ?? 'stale';
  } catch (error) {
    // Rows that contradict the step: Redis believes something of the line that is not so.
    if (isContradiction(error)) return 'forked';
    throw error;
  }
}

// Classes 22 and 23 of PostgreSQL: values that cannot be, constraints that do not hold.
function isContradiction(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code));
}
