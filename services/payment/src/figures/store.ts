import { type Kysely, sql } from 'kysely';
import { endedBeforeMoney } from '../lifecycle/payment-state.ts';
import type { PaymentTables } from '../tables.ts';

/** Sums of one window, as they stand in the database. */
export interface PaymentSums {
  readonly now: Date;
  readonly started: number;
  readonly open: number;
  readonly checking: number;
  readonly done: number;
  readonly declined: number;
  readonly abandoned: number;
  readonly refunded: number;
  readonly refundedAmount: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface MinuteOfPayments {
  readonly at: Date;
  readonly done: number;
  readonly failed: number;
}

/** SQL of the figures. Windows are by the store's clock. */
export type FigureStore = ReturnType<typeof createFigureStore>;

export function createFigureStore(db: Kysely<PaymentTables>) {
  return {
    sums: (eventId: string, minutes: number) => readSums(db, eventId, minutes),
    perMinute: (eventId: string, minutes: number) => readMinutes(db, eventId, minutes),
  };
}

const windowOf = (minutes: number) => sql`clock_timestamp() - ${minutes} * interval '1 minute'`;
const abandoned = sql`(state = 'expired' OR state = 'failed' AND failure_code = ANY(${endedBeforeMoney}::text[]))`;
const failed = sql`state IN ('failed', 'expired')`;
const done = sql`state IN ('captured', 'fulfilled', 'refunding', 'refunded')`;

async function readSums(db: Kysely<PaymentTables>, eventId: string, minutes: number): Promise<PaymentSums> {
  const { rows } = await sql<PaymentSums>`
    WITH a AS MATERIALIZED (
      SELECT state, failure_code, confirming_at,
        extract(epoch FROM coalesce(captured_at, ended_at) - confirming_at) * 1000 AS confirm_ms
      FROM payment_attempts WHERE event_id = ${eventId} AND created_at > ${windowOf(minutes)}),
    refunds AS (
      SELECT count(*) AS refunded, coalesce(sum(l.amount), 0) AS amount
      FROM ledger_entries l JOIN payment_attempts p ON p.id = l.payment_id AND p.event_id = ${eventId}
      WHERE l.kind = 'refund' AND l.provider_at > ${windowOf(minutes)})
    SELECT clock_timestamp() AS now, count(*)::float8 AS started,
      (count(*) FILTER (WHERE state = 'created'))::float8 AS open,
      (count(*) FILTER (WHERE state IN ('confirming', 'unknown')))::float8 AS checking,
      (count(*) FILTER (WHERE ${done}))::float8 AS done,
      (count(*) FILTER (WHERE ${failed} AND NOT ${abandoned}))::float8 AS declined,
      (count(*) FILTER (WHERE ${abandoned}))::float8 AS abandoned,
      (SELECT refunded FROM refunds)::float8 AS refunded, (SELECT amount FROM refunds)::float8 AS "refundedAmount",
      round(percentile_disc(0.5) WITHIN GROUP (ORDER BY confirm_ms))::float8 AS "p50Ms",
      round(percentile_disc(0.95) WITHIN GROUP (ORDER BY confirm_ms))::float8 AS "p95Ms"
    FROM a`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new Error('an aggregate answered no row');
  return sums;
}

async function readMinutes(
  db: Kysely<PaymentTables>,
  eventId: string,
  minutes: number,
): Promise<readonly MinuteOfPayments[]> {
  const { rows } = await sql<MinuteOfPayments>`
    SELECT date_trunc('minute', created_at) AS at, (count(*) FILTER (WHERE ${done}))::float8 AS done,
      (count(*) FILTER (WHERE ${failed}))::float8 AS failed
    FROM payment_attempts WHERE event_id = ${eventId} AND created_at > ${windowOf(minutes)}
    GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}
