import type { LedgerComparison } from '@urr/contracts/payment-shapes.ts';
import { type Kysely, sql } from 'kysely';
import type { PaymentTables } from '../tables.ts';

/** One movement of money between the provider and us. Won; negative for money given back. */
export interface BookedMovement {
  readonly transactionKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/** SQL over `ledger_entries` and `ledger_comparisons`. Entries are booked by the statements that move states. */
export type LedgerStore = ReturnType<typeof createLedgerStore>;

const movement = sql`e.transaction_key AS "transactionKey", a.order_id AS "orderId",
  CASE e.kind WHEN 'capture' THEN e.amount ELSE -e.amount END AS amount`;

export function createLedgerStore(db: Kysely<PaymentTables>) {
  return {
    byTransactionKeys: async (keys: readonly string[]): Promise<BookedMovement[]> => {
      const found =
        await sql<BookedMovement>`SELECT ${movement} FROM ledger_entries e JOIN payment_attempts a ON a.id = e.payment_id
        WHERE e.transaction_key = ANY(${keys}::text[])`.execute(db);
      return found.rows;
    },
    ofDay: async (day: string): Promise<BookedMovement[]> => {
      const found =
        await sql<BookedMovement>`SELECT ${movement} FROM ledger_entries e JOIN payment_attempts a ON a.id = e.payment_id
        WHERE e.provider_at >= ${day}::date::timestamp AT TIME ZONE 'Asia/Seoul'
          AND e.provider_at < (${day}::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'`.execute(db);
      return found.rows;
    },
    /** The Korean day of the store's clock, less some days, such as `2026-01-31`. */
    koreanDay: async (daysAgo: number): Promise<string> => {
      const found = await sql<{ day: string }>`
        SELECT to_char((clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date - ${daysAgo}::int, 'YYYY-MM-DD') AS day`.execute(
        db,
      );
      return found.rows[0]?.day ?? '';
    },
    /** True for one replica: the day is not compared yet and nobody is at it. */
    claimDay: async (day: string): Promise<boolean> => {
      const claimed = await sql`INSERT INTO ledger_comparisons AS c (day, claimed_until)
        VALUES (${day}::date, clock_timestamp() + interval '10 minutes')
        ON CONFLICT (day) DO UPDATE SET claimed_until = excluded.claimed_until
          WHERE c.compared_at IS NULL AND c.claimed_until < clock_timestamp() RETURNING day`.execute(db);
      return claimed.rows.length > 0;
    },
    keepComparison: async (comparison: LedgerComparison): Promise<void> => {
      await sql`UPDATE ledger_comparisons SET compared_at = clock_timestamp(), difference = ${comparison.difference},
        report = ${JSON.stringify(comparison)}::jsonb WHERE day = ${comparison.day}::date`.execute(db);
    },
    /** Balances of the accounts, debit positive. */
    balances: async (): Promise<Record<string, number>> => {
      const found = await sql<{ account: string; balance: number }>`
        SELECT account, sum(amount)::bigint AS balance FROM (
          SELECT debit AS account, amount FROM ledger_entries UNION ALL SELECT credit, -amount FROM ledger_entries
        ) movements GROUP BY account`.execute(db);
      return Object.fromEntries(found.rows.map((row) => [row.account, row.balance]));
    },
  };
}
