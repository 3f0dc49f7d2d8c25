import type pg from 'pg';
import type { HoldAnswer } from './hold-command.ts';
import type { HoldRequest } from './hold-request.ts';

/** What the store has against a hold of so many places, whichever they are; nothing is written. */
export async function judgeBuyer(
  pool: pg.Pool,
  { quantity, ...request }: HoldRequest & { readonly quantity: number },
): Promise<HoldAnswer | undefined> {
  const { rows } = await pool.query<HoldAnswer & { outcome: string | null }>({
    text: `SELECT verdicts[1] AS outcome, details[1] AS detail, replays[1] AS reservation_id FROM judge_buyers(
      ARRAY[$1::uuid], ARRAY[$2::uuid], ARRAY[$3::integer], ARRAY[$4::float8], ARRAY[$5::text], ARRAY[$6::text],
      ARRAY[$7::uuid])`,
    values: [
      request.eventId,
      request.accountId,
      quantity,
      request.slotEndSeconds,
      request.idempotencyKey ?? null,
      request.fingerprint ?? null,
      request.slotId,
    ],
  });
  const [verdict] = rows;
  return verdict?.outcome === null ? undefined : verdict;
}
