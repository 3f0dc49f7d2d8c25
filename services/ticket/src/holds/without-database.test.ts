import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { openSlowLink, type SlowLink } from '@urr/testkit/slow-link.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

/** A ticket-service whose database is at the other end of a bad line. */
async function startOverLink() {
  let link: SlowLink | undefined;
  const fixture = await startTicket({}, 1, async (url) => {
    link = await openSlowLink(Number(new URL(url).port));
    return link.through(url);
  });
  if (link === undefined) throw new Error('no link');
  const opened = link;
  after(() => opened.stop());
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const statusOf = async () => {
    const answer = await fixture.inject({ url: `/api/v1/seats/events/${eventId}/status` });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<SeatStatus>();
  };
  await statusOf();
  return { ...fixture, eventId, link: opened, statusOf };
}

test('without its database the hall is shown from memory, holds are refused with the time to come back, and nothing is lost', async () => {
  const { eventId, link, reserve, hold, statusOf, inject } = await startOverLink();
  const kept = await hold(buyerOf(eventId), [0]);
  await link.refuse();
  const startedAtMs = performance.now();
  for (const seatId of [1, 2]) {
    const answer = await reserve(buyerOf(eventId), [seatId]);
    assert.equal(answer.statusCode, 503, answer.body);
    assert.equal(answer.json<{ code: string }>().code, 'upstream-unavailable');
    assert.ok(Number(answer.headers['retry-after']) >= 1);
  }
  await statusOf();
  assert.ok(performance.now() - startedAtMs < 2_000);
  assert.equal((await inject({ url: '/health/ready' })).statusCode, 503);
  await link.forward();
  await waitUntil(async () => (await reserve(buyerOf(eventId), [1])).statusCode === 201);
  const taken = await reserve(buyerOf(eventId), [0]);
  assert.deepEqual([taken.statusCode, kept.seats.length], [409, 1]);
});

test('a database that falls silent costs its callers a bounded wait, and the crowd behind them a refusal', async () => {
  const { eventId, link, reserve, statusOf } = await startOverLink();
  link.stall();
  const startedAtMs = performance.now();
  const answers = await Promise.all([3, 4, 5].map((seatId) => reserve(buyerOf(eventId), [seatId])));
  const waitedMs = performance.now() - startedAtMs;
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [503]);
  assert.ok(waitedMs < 14_000, `${waitedMs} ms`);
  await statusOf();
  await link.forward();
  await waitUntil(async () => (await reserve(buyerOf(eventId), [6])).statusCode === 201);
});
