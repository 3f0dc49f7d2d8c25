import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fulfilment, PayableReservation } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  type Buyer,
  buyerOf,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
} from '../ticket.fixture.ts';

/** Seconds of hold, pin and keep; no sweeper. */
const brief = { HOLD_SECONDS: '1', PIN_SECONDS: '2', KEEP_SECONDS: '3', SWEEP_INTERVAL_MS: '600000' };

/** An event of two places, both held by one buyer, and another who wants one of them. */
async function soldOutTo(kind: 'seats' | 'pools', settings: Record<string, string> = brief) {
  const fixture = await startTicket(settings);
  const standing = poolInventory(2);
  const inventory = kind === 'seats' ? seatInventory(seatsOf(1, 2)) : standing.inventory;
  const eventId = await fixture.push(inventory);
  const buyer = buyerOf(eventId);
  const take = (who: Buyer, quantity: number) =>
    kind === 'seats'
      ? fixture.reserve(who, quantity === 1 ? [0] : [0, 1])
      : fixture.places(who, standing.ticketTypeId, quantity);
  const held = (await take(buyer, 2)).json<Reservation>();
  const pin = (more: object = {}, accountId = buyer.accountId) =>
    fixture.internal('POST', `/internal/reservations/${held.reservationId}/pin`, { accountId, ...more });
  return {
    ...fixture,
    eventId,
    inventory,
    buyer,
    held,
    pin: async () => (await pin()).json<PayableReservation>(),
    keep: (accountId?: string) => pin({ reason: 'outcome-unknown' }, accountId),
    someoneElseWants: async () => (await take(buyerOf(eventId), 1)).statusCode,
  };
}

const endOf = (answer: { json: () => unknown }) => (answer.json() as PayableReservation).expiresAt;
const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code?: string }).code;
const sleepUntil = (end: string) => sleep(Date.parse(end) - Date.now() + 20);

for (const kind of ['seats', 'pools'] as const) {
  test(`${kind} whose payment is not known of outlive their hold's former end: others are refused, the holder gets them`, async () => {
    const { pin, keep, someoneElseWants, confirm, held, buyer } = await soldOutTo(kind);
    const { expiresAt } = await pin();
    const kept = await keep();
    assert.equal(kept.statusCode, 200, kept.body);
    assert.ok(endOf(kept) > expiresAt, `${endOf(kept)} after ${expiresAt}`);
    await sleepUntil(expiresAt);
    assert.equal(await someoneElseWants(), 409);
    const fulfilment = (await confirm(held, buyer)).json<Fulfilment>();
    assert.ok(fulfilment.outcome === 'issued' && !fulfilment.replaced, JSON.stringify(fulfilment));
  });

  test(`control: ${kind} that nobody keeps are another's by then, and the money is lost`, async () => {
    const { pin, someoneElseWants, confirm, held, buyer } = await soldOutTo(kind);
    await sleepUntil((await pin()).expiresAt);
    assert.equal(await someoneElseWants(), 201);
    assert.deepEqual((await confirm(held, buyer)).json(), { outcome: 'lost' });
  });

  test(`${kind} are kept once: a second doubt adds nothing, and when the time is up they are free at once`, async () => {
    const { pin, keep, someoneElseWants, pool, held } = await soldOutTo(kind);
    await pin();
    const end = endOf(await keep());
    await sleep(300);
    assert.equal(endOf(await keep()), end);
    assert.equal((await pin()).expiresAt, end);
    const longest = Date.parse(held.createdAt) + (1 + 2 + 3) * 1_000;
    assert.ok(Date.parse(end) <= longest, `${end} is later than hold, pin and keep together`);
    await sleepUntil(end);
    assert.equal(await someoneElseWants(), 201);
    assert.equal(codeOf(await keep()), 'reservation-over');
    const { rows } = await pool.query(
      `SELECT count(*) FILTER (WHERE reservation_id <> $1 AND held_until > clock_timestamp()) AS others
       FROM (SELECT reservation_id, held_until FROM seats UNION ALL SELECT reservation_id, held_until FROM pool_holds) h`,
      [held.reservationId],
    );
    assert.deepEqual(rows, [{ others: 1 }]);
  });
}

test('keeping never shortens what a pin has given', async () => {
  const { pin, keep } = await soldOutTo('seats', { ...brief, PIN_SECONDS: '60' });
  const { expiresAt } = await pin();
  assert.equal(endOf(await keep()), expiresAt);
});

test('what is over, sold, given back or of a cancelled event is not kept, nor is it by a stranger', async () => {
  const over = await soldOutTo('seats');
  await sleepUntil(over.held.expiresAt);
  assert.equal(codeOf(await over.keep()), 'reservation-over');

  const { keep, confirm, held, buyer, pool } = await soldOutTo('seats');
  assert.equal(codeOf(await keep(buyerOf(held.eventId).accountId)), 'reservation-not-found');
  await confirm(held, buyer);
  assert.equal((await keep()).json<PayableReservation>().state, 'confirmed');
  const { rows } = await pool.query('SELECT kept_at, state FROM reservations');
  assert.deepEqual(rows, [{ kept_at: null, state: 'confirmed' }]);

  const given = await soldOutTo('seats');
  const url = `/api/v1/reservations/${given.held.reservationId}/cancel`;
  await given.inject({ method: 'POST', url, headers: given.buyer.headers });
  assert.equal(codeOf(await given.keep()), 'reservation-over');
  assert.equal(await given.someoneElseWants(), 201);

  const called = await soldOutTo('seats');
  await called.push({ ...called.inventory, cancelled: true }, called.eventId);
  assert.equal(codeOf(await called.keep()), 'sale-cancelled');
});
