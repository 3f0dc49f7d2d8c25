import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { CheckedInTicket, TicketSecret } from '@urr/contracts/ticket-reads.ts';
import { buyerOf, seatInventory, seatsOf, startTicket, type TicketFixture } from '../ticket.fixture.ts';
import { ask, buyTickets, payloadAt, scan } from './ticket-reader.fixture.ts';

async function openGate(fixture: TicketFixture, ownerId = randomUUID()) {
  const eventId = await fixture.push(seatInventory(seatsOf(1, 5), { ownerId }));
  const { buyer, ticketIds } = await buyTickets(fixture, eventId, [3, 4]);
  const secrets = await Promise.all(
    ticketIds.map(async (id) => (await ask(fixture, buyer, `${id}/secret`)).json<TicketSecret>()),
  );
  const [secret] = secrets;
  if (secret === undefined) throw new Error('no ticket');
  return { eventId, buyer, ticketIds, secret, secrets, gate: buyerOf(eventId, { role: 'admin' }) };
}

const codeOf = async (answer: ReturnType<typeof scan>) => (await answer).json<{ code: string }>().code;

test('the gate shows the seat, who came of the party, and leaves an audit row', async () => {
  const fixture = await startTicket();
  const { eventId, secret, ticketIds, gate, buyer } = await openGate(fixture);
  const answer = await scan(fixture, gate, payloadAt(secret, Date.parse(secret.now)));
  assert.equal(answer.statusCode, 200, answer.body);
  const { usedAt, ...shown } = answer.json<CheckedInTicket>();
  assert.deepEqual(shown, {
    ticketId: ticketIds[0],
    eventId,
    grade: 'R',
    seat: { seatId: 3, section: 'FLOOR', row: '1', seat: '4' },
    pool: null,
    state: 'used',
    holder: { tickets: 2, used: 1 },
  });
  const { rows } = await fixture.pool.query(
    `SELECT actor, subject, before, after FROM audit_log WHERE action = 'ticket.check-in'`,
  );
  const audited = { actor: gate.accountId, subject: `ticket:${ticketIds[0]}`, before: { state: 'valid' } };
  assert.deepEqual(rows, [{ ...audited, after: { state: 'used', usedAt } }]);
  assert.equal((await ask(fixture, buyer, ticketIds[0] ?? '')).json<{ usedAt: string }>().usedAt, usedAt);

  const again = await scan(fixture, gate, payloadAt(secret, Date.parse(secret.now)));
  const { code, data } = again.json<{ code: string; data: object }>();
  assert.deepEqual([code, data], ['ticket-already-used', { usedAt, byYou: true }]);
  const elsewhere = await scan(
    fixture,
    buyerOf(eventId, { role: 'admin' }),
    payloadAt(secret, Date.parse(secret.now)),
  );
  assert.deepEqual(elsewhere.json<{ data: object }>().data, { usedAt, byYou: false });
});

test('a screenshot is refused 90 seconds later, and a clock a little off is not', async () => {
  const fixture = await startTicket();
  const { secrets, gate } = await openGate(fixture);
  const [one, other] = secrets as [TicketSecret, TicketSecret];
  const nowMs = Date.parse(one.now);
  for (const offMs of [-90_000, -3_600_000, 90_000])
    assert.equal(await codeOf(scan(fixture, gate, payloadAt(one, nowMs + offMs))), 'ticket-code-stale');
  assert.equal((await scan(fixture, gate, payloadAt(one, nowMs - 25_000))).statusCode, 200);
  assert.equal((await scan(fixture, gate, payloadAt(other, nowMs + 25_000))).statusCode, 200);
});

test('what is not the QR of a ticket for this event is refused and nothing changes', async () => {
  const fixture = await startTicket();
  const { secret, ticketIds, gate, eventId, buyer } = await openGate(fixture);
  const payload = payloadAt(secret, Date.parse(secret.now));
  for (const text of [
    'hello',
    'urr1',
    'urr1.x.1',
    `${payload}0`,
    payload.replace('urr1', 'urr2'),
    '\u0000',
    '\ud800',
  ])
    assert.equal(await codeOf(scan(fixture, gate, text)), 'ticket-code-unknown', text);
  const foreign = payload.replace(secret.code, 'A'.repeat(24));
  assert.equal(await codeOf(scan(fixture, gate, foreign)), 'ticket-code-unknown');
  assert.equal(await codeOf(scan(fixture, gate, '')), 'invalid-input');
  assert.equal(await codeOf(scan(fixture, gate, 'x'.repeat(301))), 'invalid-input');
  const otherGate = buyerOf(randomUUID(), { role: 'admin' });
  const wrong = (await scan(fixture, otherGate, payload)).json<{ code: string; data: object }>();
  assert.deepEqual([wrong.code, wrong.data], ['ticket-for-another-event', { eventId }]);
  assert.equal(await codeOf(scan(fixture, buyer, payload)), 'forbidden');
  const { rows } = await fixture.pool.query('SELECT DISTINCT state FROM tickets');
  assert.deepEqual(rows, [{ state: 'valid' }]);

  for (const state of ['returning', 'returned']) {
    await fixture.pool.query('UPDATE tickets SET state = $1 WHERE ticket_id = $2', [state, ticketIds[0]]);
    assert.equal(await codeOf(scan(fixture, gate, payload)), 'ticket-not-valid');
  }
});

test("an organiser lets people in to their own events, and to nobody else's", async () => {
  const fixture = await startTicket();
  const ownerId = randomUUID();
  const { secret, eventId } = await openGate(fixture, ownerId);
  const payload = payloadAt(secret, Date.parse(secret.now));
  const stranger = buyerOf(eventId, { role: 'organiser' });
  assert.equal(await codeOf(scan(fixture, stranger, payload)), 'forbidden');
  const { rows } = await fixture.pool.query('SELECT DISTINCT state FROM tickets');
  assert.deepEqual(rows, [{ state: 'valid' }]);
  const owner = buyerOf(eventId, { accountId: ownerId, role: 'organiser' });
  assert.equal((await scan(fixture, owner, payload)).statusCode, 200);
});
