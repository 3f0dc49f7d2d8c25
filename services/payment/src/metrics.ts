import { Counter, Gauge, Histogram, type Registry } from '@urr/platform/metrics.ts';
import { type Kysely, sql } from 'kysely';
import type { PaymentTables } from './tables.ts';

/** Seconds; a confirm may take a minute. */
const providerBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];

export function createPaymentMetrics(registry: Registry, db: Kysely<PaymentTables>) {
  const registers = [registry];
  addStateGauges(registry, db);
  return {
    provider: new Histogram({
      name: 'payment_provider_seconds',
      help: 'Time of calls to the payment provider',
      labelNames: ['call', 'outcome'],
      buckets: providerBuckets,
      registers,
    }),
    lostHolds: new Counter({
      name: 'payment_lost_hold_refunds_total',
      help: 'Payments whose hold was lost after the money was taken; 0 in a healthy run',
      registers,
    }),
    ticketsWithoutPayment: new Counter({
      name: 'payment_tickets_without_payment_total',
      help: 'Tickets reported for money that goes back; must be 0',
      registers,
    }),
    ledgerDifference: new Gauge({
      name: 'payment_ledger_difference_won',
      help: "The provider's transactions of yesterday less our ledger; must be 0",
      registers,
    }),
    ledgerInexact: new Gauge({
      name: 'payment_ledger_inexact',
      help: '1 when the last daily comparison found an unmatched transaction',
      registers,
    }),
  };
}

function addStateGauges(registry: Registry, db: Kysely<PaymentTables>): void {
  const registers = [registry];
  new Gauge({
    name: 'payment_attempts_unsettled',
    help: 'Attempts by state that must not last: confirming, unknown, captured, refunding',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const { state, total } of await countUnsettled(db)) this.set({ state }, total);
    },
  });
  new Gauge({
    name: 'payment_paid_without_ticket',
    help: 'Payments whose money we hold for more than 30 s without tickets; must be 0',
    registers,
    async collect() {
      const counts = await countUnsettled(db);
      this.set(counts.reduce((sum, { state, late }) => sum + (isPaid(state) ? late : 0), 0));
    },
  });
  new Gauge({
    name: 'payment_cancelled_event_refunds_open',
    help: 'Refunds of cancelled events that are not through yet; falls to 0',
    registers,
    async collect() {
      const open = await countCancelledOpen(db);
      if (open !== undefined) this.set(open);
    },
  });
}

const isPaid = (state: string) => state === 'captured' || state === 'refunding';

// A scrape must answer even when the database does not.
async function countUnsettled(db: Kysely<PaymentTables>) {
  try {
    const found = await sql<{ state: string; total: number; late: number }>`
      SELECT s.state, count(a.id)::int AS total,
        (count(a.id) FILTER (WHERE a.captured_at < clock_timestamp() - interval '30 seconds'))::int AS late
      FROM unnest(ARRAY['confirming', 'unknown', 'captured', 'refunding']) AS s(state)
      LEFT JOIN payment_attempts a ON a.state = s.state
        AND a.state IN ('confirming', 'unknown', 'captured', 'refunding') GROUP BY s.state`.execute(db);
    return found.rows;
  } catch {
    return [];
  }
}

async function countCancelledOpen(db: Kysely<PaymentTables>): Promise<number | undefined> {
  try {
    const found = await sql<{ open: number }>`SELECT count(*) AS open FROM refunds
      WHERE reason = 'event-cancelled' AND state IN ('waiting', 'ready', 'sending')`.execute(db);
    return found.rows[0]?.open;
  } catch {
    return undefined;
  }
}
