import assert from 'node:assert/strict';
import type pg from 'pg';

/** Puts the guard back. */
export interface Unguarded {
  restore(): Promise<void>;
}

const bodies = {
  // Says that everything is written and writes nothing.
  forgets: `BEGIN RETURN 'recorded'; END`,
  // Writes every step once, whatever history it belongs to.
  believes: `
    DECLARE entry jsonb;
    BEGIN
      PERFORM FROM sales WHERE event_id = p_event FOR UPDATE;
      CREATE TABLE IF NOT EXISTS believed_steps (step uuid PRIMARY KEY);
      FOR entry IN SELECT value FROM jsonb_array_elements(p_steps) LOOP
        INSERT INTO believed_steps VALUES ((entry ->> 'step')::uuid) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
        PERFORM apply_line_step(p_event, entry, instant_of((entry ->> 'at')::bigint));
        PERFORM save_line_head(p_event, entry);
      END LOOP;
      UPDATE sales SET line_seq = 0, line_step = NULL WHERE event_id = p_event;
      RETURN 'recorded';
    END`,
};

/** Replaces the function that guards the log, to show what breaks without it. */
export async function unguardLog(pool: pg.Pool, how: keyof typeof bodies): Promise<Unguarded> {
  const { rows } = await pool.query<{ definition: string }>(
    `SELECT pg_get_functiondef('record_line_steps'::regproc) AS definition`,
  );
  const guarded = rows[0]?.definition ?? assert.fail('there is no guard');
  await pool.query(
    `CREATE OR REPLACE FUNCTION record_line_steps(p_event uuid, p_incarnation bigint, p_steps jsonb)
     RETURNS text LANGUAGE plpgsql AS $$ ${bodies[how]} $$`,
  );
  return { restore: async () => void (await pool.query(guarded)) };
}
