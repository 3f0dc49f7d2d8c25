import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  type Buyer,
  buyerOf,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

function bestOf({ inject }: Pick<TicketFixture, 'inject'>) {
  return (buyer: Buyer, quantity: number, options: { replica?: number; key?: string } = {}) =>
    inject(
      {
        method: 'POST',
        url: '/api/v1/seats/best-available',
        headers: { ...buyer.headers, ...(options.key && { 'idempotency-key': options.key }) },
        payload: { eventId: buyer.eventId, grade: 'R', quantity },
      },
      options.replica,
    );
}

const refusalOf = (answer: { json: () => unknown }) => {
  const { code, data } = answer.json() as { code: string; data?: unknown };
  return { code, data };
};

test('more than one account may have is refused as such, whatever is free', async () => {
  const fixture = await startTicket();
  const best = bestOf(fixture);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 3)));
  const buyer = buyerOf(eventId);
  assert.deepEqual(refusalOf(await best(buyer, 5)), { code: 'limit-reached', data: { limit: 4, live: 0 } });
  assert.equal((await best(buyer, 2)).statusCode, 201);
  // Seven seats are not even there.
  assert.deepEqual(refusalOf(await best(buyer, 7)), { code: 'limit-reached', data: { limit: 4, live: 2 } });
  assert.deepEqual(refusalOf(await best(buyer, 3)), { code: 'limit-reached', data: { limit: 4, live: 2 } });
  const late = buyerOf(eventId, { slotSeconds: -1 });
  assert.equal(refusalOf(await best(late, 5)).code, 'entry-token-expired');
});

test('a grade with too few free seats is sold out and says how many are left', async () => {
  const fixture = await startTicket();
  const best = bestOf(fixture);
  const eventId = await fixture.push(seatInventory(seatsOf(1, 6)));
  const buyer = buyerOf(eventId);
  assert.equal((await best(buyer, 4, { key: 'mine' })).statusCode, 201);
  assert.deepEqual(refusalOf(await best(buyerOf(eventId), 3)), { code: 'grade-sold-out', data: { left: 2 } });
  const again = await best(buyer, 4, { key: 'mine' });
  assert.equal(again.headers['idempotent-replayed'], 'true', again.body);
});

for (const replicas of [1, 2, 3]) {
  // One process knows what its requests are about to take. Replicas do not know each other's: after six lost races a buyer is
  // told so, and asks again as a person would.
  const asks = replicas === 1 ? 1 : 4;

  test(`256 buyers at once on ${replicas} replicas each get seats, to the last one`, async () => {
    const fixture = await startTicket({}, replicas);
    const best = bestOf(fixture);
    const eventId = await fixture.push(seatInventory(seatsOf(16, 32)));
    const buy = async (replica: number) => {
      const buyer = buyerOf(eventId);
      let answer = await best(buyer, 2, { replica });
      for (let ask = 1; ask < asks && answer.statusCode === 409; ask += 1) {
        assert.equal(refusalOf(answer).code, 'seats-taken');
        answer = await best(buyer, 2, { replica });
      }
      return answer;
    };
    const answers = await Promise.all(Array.from({ length: 256 }, (_, replica) => buy(replica)));
    for (const answer of answers) assert.equal(answer.statusCode, 201, answer.body);
    const pairs = answers.map((answer) => answer.json<Reservation>().seats.map((seat) => seat.seatId));
    assert.equal(new Set(pairs.flat()).size, 512);
    const together = pairs.filter(([one = 0, other = 0]) => Math.abs(one - other) === 1);
    assert.ok(together.length >= 230, `${together.length} of 256 pairs sit side by side`);
  });
}
