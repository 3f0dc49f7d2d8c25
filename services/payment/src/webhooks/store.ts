import { type Kysely, sql } from 'kysely';
import type { PaymentTables } from '../tables.ts';

/** SQL of `webhook_deliveries`. A hint does one thing: it makes the reconciler look sooner. */
export type WebhookStore = ReturnType<typeof createWebhookStore>;

// Nobody sends an order that many hints in earnest; more of them must not fill the table.
const mostHintsPerOrder = 50;

export function createWebhookStore(db: Kysely<PaymentTables>) {
  return {
    depositSecretOf: async (orderId: string): Promise<string | null> => {
      const found = await sql<{ deposit_secret: string | null }>`
        SELECT deposit_secret FROM payment_attempts WHERE order_id = ${orderId}`.execute(db);
      return found.rows[0]?.deposit_secret ?? null;
    },
    /** True when the hint is new and its payment is not settled. */
    takeHint: async (transmissionId: string, orderId: string, delayMs: number): Promise<boolean> => {
      const woken = await sql`WITH delivery AS (
          INSERT INTO webhook_deliveries (transmission_id, order_id)
          SELECT ${transmissionId}, a.order_id FROM payment_attempts a
          WHERE a.order_id = ${orderId} AND a.state IN ('created', 'confirming', 'unknown', 'captured', 'failed', 'expired')
            AND (SELECT count(*) FROM webhook_deliveries d WHERE d.order_id = a.order_id) < ${mostHintsPerOrder}
          ON CONFLICT DO NOTHING RETURNING order_id
        ) UPDATE payment_attempts a
          SET next_check_at = least(a.next_check_at, clock_timestamp() + ${delayMs} * interval '1 millisecond')
          FROM delivery WHERE a.order_id = delivery.order_id
            AND a.state IN ('created', 'confirming', 'unknown', 'captured', 'failed', 'expired') RETURNING a.id`.execute(
        db,
      );
      return woken.rows.length > 0;
    },
    /** Forgets at most `limit` hints that are a week old; answers how many. */
    prune: async (limit: number): Promise<number> => {
      const removed = await sql`
        DELETE FROM webhook_deliveries WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM webhook_deliveries WHERE received_at < clock_timestamp() - interval '7 days' LIMIT ${limit}))`.execute(
        db,
      );
      return Number(removed.numAffectedRows ?? 0n);
    },
  };
}
