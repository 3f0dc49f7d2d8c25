import { type Book } from './book.ts';
import { parseKst, toKst } from './clock.ts';
import type { Movement } from './payment.ts';
import { methodName, receiptUrl } from './payment-view.ts';
import { ProviderError } from './provider-error.ts';

const defaultLimit = 100;
const maxLimit = 5000;

type TransactionsRange = {
  startAt: number;
  endAt: number;
  startingAfter: string | undefined;
  limit: number;
};

/** Reads `startDate`, `endDate`, `startingAfter` and `limit`; dates without a zone are Korean. */
export function parseTransactionsQuery(query: Record<string, unknown>): TransactionsRange {
  const { startDate, endDate, startingAfter, limit = String(defaultLimit) } = query;
  const startAt = typeof startDate === 'string' ? parseKst(startDate, 'start') : undefined;
  const endAt = typeof endDate === 'string' ? parseKst(endDate, 'end') : undefined;
  if (startAt === undefined || endAt === undefined || startAt > endAt) {
    throw new ProviderError('INVALID_REQUEST', 'startDate, endDate');
  }
  const count = typeof limit === 'string' && /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > maxLimit) throw new ProviderError('INVALID_REQUEST', 'limit');
  if (startingAfter !== undefined && typeof startingAfter !== 'string') {
    throw new ProviderError('INVALID_REQUEST', 'startingAfter');
  }
  return { startAt, endAt, startingAfter, limit: count };
}

/** One page of approvals and cancels, oldest first, of one key pair. */
export function listTransactions(
  book: Book,
  range: TransactionsRange,
  scope: { clientKey: string; publicUrl: string },
): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (let place = firstPlace(book, range); place < book.movements.length; place += 1) {
    const movement = book.movements[place];
    if (movement === undefined || movement.at > range.endAt || rows.length === range.limit) break;
    const row = renderTransaction(book, movement, scope);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function firstPlace(book: Book, range: TransactionsRange): number {
  const start = placeOfMoment(book.movements, range.startAt);
  if (range.startingAfter === undefined) return start;
  const cursor = book.placeOfMovement(range.startingAfter);
  if (cursor === undefined) throw new ProviderError('INVALID_REQUEST', 'startingAfter');
  return Math.max(start, cursor + 1);
}

// Movements are in the order of time: the provider's clock never runs backwards.
function placeOfMoment(movements: readonly Movement[], moment: number): number {
  let low = 0;
  let high = movements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((movements[middle]?.at ?? moment) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function renderTransaction(
  book: Book,
  movement: Movement,
  scope: { clientKey: string; publicUrl: string },
): Record<string, unknown> | undefined {
  const payment = book.payment(movement.paymentKey);
  if (payment === undefined || payment.clientKey !== scope.clientKey) return undefined;
  return {
    mId: payment.merchantId,
    transactionKey: movement.transactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    method: methodName(payment.method),
    customerKey: payment.customerKey,
    useEscrow: false,
    receiptUrl: receiptUrl(payment, scope.publicUrl),
    status: movement.status,
    transactionAt: toKst(movement.at),
    currency: 'KRW',
    amount: movement.amount,
  };
}
