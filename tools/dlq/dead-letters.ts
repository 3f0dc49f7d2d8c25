import type pg from 'pg';

/** Which buried events are meant; all where nothing is said. */
export interface Selection {
  readonly consumer?: string | undefined;
  readonly eventId?: string | undefined;
}

/** One event that its consumer could not digest. */
export interface DeadLetter {
  readonly consumer: string;
  readonly eventId: string;
  readonly topic: string;
  readonly type: string;
  readonly subject: string;
  readonly fault: string;
  readonly failedAt: Date;
  readonly state: 'buried' | 'replay asked for' | 'digested';
}

const selected = '($1::text IS NULL OR consumer = $1) AND ($2::uuid IS NULL OR event_id = $2)';
const columns = `consumer, event_id AS "eventId", topic, envelope->>'type' AS type, envelope->>'subject' AS subject,
  fault, failed_at AS "failedAt",
  CASE WHEN replayed_at IS NOT NULL THEN 'digested' WHEN replay_requested_at IS NOT NULL THEN 'replay asked for' ELSE 'buried' END AS state`;

function parametersOf({ consumer, eventId }: Selection): (string | null)[] {
  return [consumer ?? null, eventId ?? null];
}

/** The events that are buried and not digested since, oldest first. */
export async function listDeadLetters(client: pg.Client, selection: Selection): Promise<DeadLetter[]> {
  const { rows } = await client.query<DeadLetter>(
    `SELECT ${columns} FROM dead_letters WHERE ${selected} AND replayed_at IS NULL ORDER BY failed_at LIMIT 1000`,
    parametersOf(selection),
  );
  return rows;
}

/** Asks their consumers to try them again, with an audit row for each; answers which were asked for by this call. */
export async function requestReplay(
  client: pg.Client,
  selection: Selection,
): Promise<Pick<DeadLetter, 'consumer' | 'eventId'>[]> {
  const { rows } = await client.query<Pick<DeadLetter, 'consumer' | 'eventId'>>(
    `WITH asked AS (
       UPDATE dead_letters SET replay_requested_at = clock_timestamp()
       WHERE ${selected} AND replayed_at IS NULL AND replay_requested_at IS NULL
       RETURNING consumer, event_id, fault
     ), noted AS (
       INSERT INTO audit_log (actor, action, subject, before)
       SELECT 'operator', 'dead-letter.replay', 'event:' || event_id, jsonb_build_object('consumer', consumer, 'fault', fault)
       FROM asked
     )
     SELECT consumer, event_id AS "eventId" FROM asked`,
    parametersOf(selection),
  );
  return rows;
}

/** How these events stand now. */
export async function readDeadLetters(client: pg.Client, eventIds: readonly string[]): Promise<DeadLetter[]> {
  const { rows } = await client.query<DeadLetter>(
    `SELECT ${columns} FROM dead_letters WHERE event_id = ANY($1::uuid[]) ORDER BY failed_at`,
    [eventIds],
  );
  return rows;
}
