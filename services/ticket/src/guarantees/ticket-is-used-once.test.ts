import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TicketSecret } from '@urr/contracts/ticket-reads.ts';
import { ask, buyTickets, payloadAt, scan } from '../tickets/ticket-reader.fixture.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

const scans = 50;
const rounds = 5;

test('of 50 scans at the same time on two replicas exactly one lets somebody in', async () => {
  const fixture = await startTicket({}, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(1, rounds)));
  const gates = Array.from({ length: scans }, () => buyerOf(eventId, { role: 'admin' }));
  for (let round = 0; round < rounds; round += 1) {
    const { buyer, ticketIds } = await buyTickets(fixture, eventId, [round]);
    const secret = (await ask(fixture, buyer, `${ticketIds[0]}/secret`)).json<TicketSecret>();
    const payload = payloadAt(secret, Date.parse(secret.now));
    const answers = await Promise.all(gates.map((gate, index) => scan(fixture, gate, payload, index)));
    const winners = answers.filter((answer) => answer.statusCode === 200);
    assert.equal(winners.length, 1);
    const { usedAt } = (winners[0]?.json() ?? {}) as { usedAt?: string };
    for (const answer of answers) {
      if (answer === winners[0]) continue;
      const { code, data } = answer.json<{ code: string; data: object }>();
      assert.deepEqual([code, data], ['ticket-already-used', { usedAt, byYou: false }]);
    }
  }
  const { rows } = await fixture.pool.query(
    `SELECT count(*)::int FROM audit_log WHERE action = 'ticket.check-in'`,
  );
  assert.deepEqual(rows, [{ count: rounds }]);
});

test('without comparing the state as it is set, several scans would let somebody in', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 1)));
  const { ticketIds } = await buyTickets(fixture, eventId, [0]);
  const unguardedScan = async () => {
    const { rows } = await fixture.pool.query('SELECT state FROM tickets WHERE ticket_id = $1', ticketIds);
    if (rows[0]?.state !== 'valid') return false;
    const set = `UPDATE tickets SET state = 'used', used_at = clock_timestamp() WHERE ticket_id = $1`;
    return (await fixture.pool.query(set, ticketIds)).rowCount === 1;
  };
  const answers = await Promise.all(Array.from({ length: scans }, unguardedScan));
  assert.ok(answers.filter(Boolean).length > 1);
});
