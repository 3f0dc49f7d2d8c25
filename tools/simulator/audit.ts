import type { Book } from './book.ts';
import type { Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';

const defaultLimit = 1000;
const maxLimit = 10_000;

type PageQuery = { after: number; limit: number; orderId: string | undefined };

export function parsePageQuery(query: Record<string, unknown>): PageQuery {
  const { after = '0', limit = String(defaultLimit), orderId } = query;
  const isCount = (value: unknown): value is string => typeof value === 'string' && /^\d{1,9}$/.test(value);
  if (!isCount(after) || !isCount(limit) || Number(limit) < 1 || Number(limit) > maxLimit) {
    throw new ProviderError('INVALID_REQUEST', `after ≥ 0, limit 1…${maxLimit}`);
  }
  if (orderId !== undefined && typeof orderId !== 'string')
    throw new ProviderError('INVALID_REQUEST', 'orderId');
  return { after: Number(after), limit: Number(limit), orderId };
}

/** Payments in the order they were opened; `next` is the following page's `after`. */
export function listForAudit(book: Book, query: PageQuery): Record<string, unknown> {
  const { orderId } = query;
  if (orderId !== undefined) return paymentsOfOrder(book, orderId);
  const page = book.page(query.after, query.limit);
  const next = query.after + page.length;
  return { payments: page.map(auditRow), total: book.size(), next: next < book.size() ? next : null };
}

// All of them, not the leading one alone: a double charge hides in the others.
function paymentsOfOrder(book: Book, orderId: string): Record<string, unknown> {
  const payments = book.page(0, book.size()).filter((payment) => payment.orderId === orderId);
  return { payments: payments.map(auditRow), total: payments.length, next: null };
}

function auditRow(payment: Payment): Record<string, unknown> {
  const { approvals, balanceAmount, cancels, clientKey, orderId, paymentKey, status, totalAmount } = payment;
  return {
    orderId,
    paymentKey,
    status,
    totalAmount,
    balanceAmount,
    approvals,
    cancels: cancels.length,
    clientKey,
  };
}

/** Totals in KRW over all payments, and the orders which were charged twice. */
export function auditSummary(book: Book): Record<string, unknown> {
  const byStatus: Record<string, number> = {};
  const chargedOrders = new Map<string, number>();
  let balance = 0;
  for (const payment of book.page(0, book.size())) {
    byStatus[payment.status] = (byStatus[payment.status] ?? 0) + 1;
    if (payment.approvals === 0) continue;
    const order = `${payment.clientKey} ${payment.orderId}`;
    chargedOrders.set(order, (chargedOrders.get(order) ?? 0) + payment.approvals);
    if (payment.approvedAt !== null) balance += payment.balanceAmount;
  }
  let captured = 0;
  let returned = 0;
  for (const { status, amount } of book.movements) {
    if (status === 'DONE') captured += amount;
    else returned += amount;
  }
  return {
    payments: book.size(),
    byStatus,
    transactions: book.movements.length,
    captured,
    returned,
    balance,
    ordersApprovedMoreThanOnce: [...chargedOrders].flatMap(([order, count]) =>
      count > 1 ? [order.split(' ')[1]] : [],
    ),
  };
}
