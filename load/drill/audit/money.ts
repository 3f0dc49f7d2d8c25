import type pg from 'pg';
import { type Finding, findingOf } from './finding.ts';
import type { ProviderOrder } from './provider-book.ts';

/** One order as provider, ledger and tickets see it. Won. */
export interface OrderAccount {
  readonly paymentId: string;
  readonly orderId: string | undefined;
  readonly state: string | undefined;
  /** What the provider holds for it. */
  readonly provider: number;
  readonly approvals: number;
  readonly ledger: number;
  /** Price of its living tickets. */
  readonly tickets: number;
}

/** What the comparison of money and tickets found. */
export interface MoneyFindings {
  readonly paidWithoutTicket: Finding;
  readonly ticketWithoutPayment: Finding;
  readonly ledgerDifferences: Finding;
  readonly doubleCharges: Finding;
}

/** G4: compares provider, ledger and tickets, order by order. */
export function compareMoney(orders: readonly OrderAccount[]): MoneyFindings {
  return {
    paidWithoutTicket: findingOf(
      'orders whose money is not covered by tickets',
      orders.filter((order) => order.provider > order.tickets),
    ),
    ticketWithoutPayment: findingOf(
      'orders whose tickets are not covered by money',
      orders.filter((order) => order.tickets > order.provider),
    ),
    ledgerDifferences: findingOf(
      'orders whose ledger differs from the provider',
      orders.filter((order) => order.ledger !== order.provider),
    ),
    doubleCharges: findingOf(
      'orders approved more than once',
      orders.filter((order) => order.approvals > 1),
    ),
  };
}

interface AttemptRow {
  readonly id: string;
  readonly order_id: string;
  readonly state: string;
  readonly ledger: number;
}

/** Reads every order of an event; what only the provider or only a ticket knows stands there too. */
export async function readOrders(
  databases: { readonly ticket: pg.Pool; readonly payment: pg.Pool },
  book: ReadonlyMap<string, ProviderOrder>,
  eventId: string,
): Promise<OrderAccount[]> {
  const [attempts, tickets] = await Promise.all([
    readAttempts(databases.payment, eventId),
    readTicketValues(databases.ticket, eventId),
  ]);
  const orders = attempts.map((attempt) => {
    const provider = book.get(attempt.order_id);
    return {
      paymentId: attempt.id,
      orderId: attempt.order_id,
      state: attempt.state,
      provider: provider?.balance ?? 0,
      approvals: provider?.approvals ?? 0,
      ledger: attempt.ledger,
      tickets: tickets.get(attempt.id) ?? 0,
    };
  });
  return [...orders, ...ticketsWithoutAttempt(tickets, attempts)];
}

function ticketsWithoutAttempt(
  tickets: ReadonlyMap<string, number>,
  attempts: readonly AttemptRow[],
): OrderAccount[] {
  const known = new Set(attempts.map((attempt) => attempt.id));
  return [...tickets]
    .filter(([paymentId]) => !known.has(paymentId))
    .map(([paymentId, value]) => ({
      paymentId,
      orderId: undefined,
      state: undefined,
      provider: 0,
      approvals: 0,
      ledger: 0,
      tickets: value,
    }));
}

/** Money the provider took for orders that payment-service does not know at all. */
export async function findUnknownCharges(
  payment: pg.Pool,
  book: ReadonlyMap<string, ProviderOrder>,
): Promise<Finding> {
  const charged = [...book.values()].filter((order) => order.balance > 0);
  const { rows } = await payment.query<{ order_id: string }>(
    'SELECT order_id FROM payment_attempts WHERE order_id = ANY($1)',
    [charged.map((order) => order.orderId)],
  );
  const known = new Set(rows.map((row) => row.order_id));
  return findingOf(
    'charges for unknown orders',
    charged.filter((order) => !known.has(order.orderId)),
  );
}

async function readAttempts(payment: pg.Pool, eventId: string): Promise<AttemptRow[]> {
  const { rows } = await payment.query<AttemptRow>(
    `SELECT a.id, a.order_id, a.state, coalesce((
        SELECT sum(CASE WHEN e.debit = 'provider-receivable' THEN e.amount
          WHEN e.credit = 'provider-receivable' THEN -e.amount ELSE 0 END)
        FROM ledger_entries e WHERE e.payment_id = a.id), 0)::float8 AS ledger
      FROM payment_attempts a WHERE a.event_id = $1`,
    [eventId],
  );
  return rows;
}

async function readTicketValues(ticket: pg.Pool, eventId: string): Promise<Map<string, number>> {
  const { rows } = await ticket.query<{ payment_id: string; value: number }>(
    `SELECT payment_id, sum(price)::float8 AS value FROM tickets
      WHERE event_id = $1 AND state <> 'returned' GROUP BY payment_id`,
    [eventId],
  );
  return new Map(rows.map((row) => [row.payment_id, row.value]));
}

/** Payments whose outcome is not decided yet; the reconciler still works on them. */
export async function countUnsettled(payment: pg.Pool, eventId: string): Promise<number> {
  const { rows } = await payment.query<{ unsettled: number }>(
    `SELECT count(*)::integer AS unsettled FROM payment_attempts a WHERE a.event_id = $1
      AND (a.state IN ('confirming', 'unknown', 'captured', 'refunding') OR EXISTS (
        SELECT 1 FROM refunds r WHERE r.payment_id = a.id AND r.state IN ('requested', 'ready', 'sending')))`,
    [eventId],
  );
  return rows[0]?.unsettled ?? 0;
}
