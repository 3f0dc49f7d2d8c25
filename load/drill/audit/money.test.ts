import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { findIdempotencyViolations } from './idempotency.ts';
import { compareMoney, countUnsettled, findUnknownCharges, readOrders } from './money.ts';
import {
  type PlantedSale,
  plantPayment,
  plantReservation,
  plantSale,
  plantSoldSeat,
} from './planted-sale.ts';
import { addPayment, type ProviderOrder } from './provider-book.ts';

let sale: PlantedSale;
let book: Map<string, ProviderOrder>;
before(async () => {
  sale = await plantSale(10);
});
after(() => sale.drop());
beforeEach(async () => {
  book = new Map();
  await sale.ticket.query('TRUNCATE tickets, reservations CASCADE');
  await sale.payment.query('TRUNCATE payment_attempts, ledger_entries, refunds CASCADE');
  await plantBought({ orderId: 'order-correct', seatId: 0 });
});

interface Bought {
  readonly orderId: string;
  readonly seatId?: number;
  readonly isBooked?: boolean;
  readonly isPaid?: boolean;
}

async function plantBought(bought: Bought): Promise<string> {
  const paymentId = randomUUID();
  if (bought.seatId !== undefined) await plantSoldSeat(sale, bought.seatId, paymentId);
  await plantPayment(sale, { paymentId, orderId: bought.orderId, isBooked: bought.isBooked ?? true });
  if (bought.isPaid !== false)
    addPayment(book, { orderId: bought.orderId, status: 'DONE', balanceAmount: 100, approvals: 1 });
  return paymentId;
}

async function counts() {
  const money = compareMoney(await readOrders(sale, book, sale.eventId));
  return {
    paidWithoutTicket: money.paidWithoutTicket.count,
    ticketWithoutPayment: money.ticketWithoutPayment.count,
    ledgerDifferences: money.ledgerDifferences.count,
    doubleCharges: money.doubleCharges.count,
  };
}
const none = { paidWithoutTicket: 0, ticketWithoutPayment: 0, ledgerDifferences: 0, doubleCharges: 0 };

test('an order whose money, ledger and ticket agree is no finding, nor is one that was never paid', async () => {
  await plantPayment(sale, {
    paymentId: randomUUID(),
    orderId: 'order-open',
    state: 'created',
    isBooked: false,
  });
  addPayment(book, { orderId: 'order-open', status: 'ABORTED', balanceAmount: 100, approvals: 0 });
  assert.deepEqual(await counts(), none);
});

test('money without a ticket is found', async () => {
  await plantBought({ orderId: 'order-paid' });
  assert.deepEqual(await counts(), { ...none, paidWithoutTicket: 1 });
});

test('a ticket without money is found, also when no payment knows of it', async () => {
  await plantBought({ orderId: 'order-free', seatId: 1, isPaid: false, isBooked: false });
  assert.deepEqual(await counts(), { ...none, ticketWithoutPayment: 1 });
  await plantSoldSeat(sale, 2, randomUUID());
  assert.deepEqual(await counts(), { ...none, ticketWithoutPayment: 2 });
});

test('a ledger that differs from the provider is found', async () => {
  await plantBought({ orderId: 'order-unbooked', seatId: 1, isBooked: false });
  assert.deepEqual(await counts(), { ...none, ledgerDifferences: 1 });
});

test('an order charged twice is found', async () => {
  await plantBought({ orderId: 'order-twice', seatId: 1 });
  addPayment(book, { orderId: 'order-twice', status: 'DONE', balanceAmount: 100, approvals: 1 });
  assert.deepEqual(await counts(), { ...none, paidWithoutTicket: 1, ledgerDifferences: 1, doubleCharges: 1 });
});

test('a charge for an order that nobody knows is found', async () => {
  assert.equal((await findUnknownCharges(sale.payment, book)).count, 0);
  addPayment(book, { orderId: 'order-unknown', status: 'DONE', balanceAmount: 100, approvals: 1 });
  assert.equal((await findUnknownCharges(sale.payment, book)).count, 1);
});

test('payments still under way are counted as such', async () => {
  assert.equal(await countUnsettled(sale.payment, sale.eventId), 0);
  await plantPayment(sale, { paymentId: randomUUID(), orderId: 'order-captured', state: 'captured' });
  assert.equal(await countUnsettled(sale.payment, sale.eventId), 1);
});

test('one key that made two reservations is found, in the rows and in the answers', async () => {
  const violations = async (reservationIds: string[]) => {
    const remembered = [{ accountId: 'a', key: 'k', reservationIds }];
    const findings = await findIdempotencyViolations(sale, sale.eventId, remembered);
    return findings.map((finding) => finding.count);
  };
  assert.deepEqual(await violations(['r1', 'r1']), [0, 0, 0]);
  assert.deepEqual(await violations(['r1', 'r2']), [1, 0, 0]);
  await sale.ticket.query('DROP INDEX reservations_key');
  const accountId = randomUUID();
  for (const seatId of [5, 6])
    await plantReservation(sale, {
      state: 'pending',
      seatIds: [seatId],
      fromSeconds: -1,
      untilSeconds: 60,
      accountId,
      key: 'same-key',
    });
  assert.deepEqual(await violations(['r1']), [0, 1, 0]);
});

test('two payments that took money for one reservation are found', async () => {
  await sale.payment.query('DROP INDEX payment_attempts_one_open');
  const reservationId = randomUUID();
  await plantPayment(sale, { paymentId: randomUUID(), orderId: 'order-first', reservationId });
  await plantPayment(sale, { paymentId: randomUUID(), orderId: 'order-second', reservationId });
  const [, , payments] = await findIdempotencyViolations(sale, sale.eventId, []);
  assert.equal(payments?.count, 1);
});
