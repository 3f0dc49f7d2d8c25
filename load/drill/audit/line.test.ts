import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { drawnNumbers } from './draw-order.ts';
import type { Finding } from './finding.ts';
import {
  countStillWaiting,
  findDuplicatePlaces,
  findOrderInversions,
  findPacingViolations,
  readDraw,
} from './line.ts';
import { findLostPlaces, findOvertaken, type RememberedPlaces } from './places.ts';
import { type PlantedLine, plantLine, plantSlot } from './planted-line.ts';
import { type PlantedSale, plantSale } from './planted-sale.ts';

const lobby = 5;
const late = 15;
let sale: PlantedSale;
let line: PlantedLine;
let numbers: number[];
before(async () => {
  sale = await plantSale(1);
});
after(() => sale.drop());
beforeEach(async () => {
  await sale.queue.query('TRUNCATE sales, places, calls, slots, holes, late_claimers');
  line = await plantLine(sale, { lobby, late });
  const draw = await readDraw(sale.queue, sale.eventId);
  assert.ok(draw);
  numbers = [...drawnNumbers(draw), ...Array.from({ length: late }, (_, index) => lobby + index + 1)];
});

const accountOf = (arrival: number) => line.accounts[arrival - 1] ?? '';
const admit = (arrival: number, atSeconds: number, forSeconds = 1, number = numbers[arrival - 1] ?? 0) =>
  plantSlot(sale, { arrival, number, accountId: accountOf(arrival), atSeconds, forSeconds });
const found = (findings: readonly Finding[]) =>
  findings.filter((finding) => finding.count > 0).map((finding) => finding.check);
const placesFound = async () => found(await findDuplicatePlaces(sale.queue, sale.eventId));
const orderFound = async () => found(await findOrderInversions(sale.queue, sale.eventId));
const pacingFound = async () => found(await findPacingViolations(sale.queue, sale.eventId));
const lostFound = async (remembered: readonly RememberedPlaces[]) => {
  const draw = await readDraw(sale.queue, sale.eventId);
  return found(await findLostPlaces(sale.queue, sale.eventId, draw, remembered));
};

test('the draw gives every lobby member another number', () => {
  assert.deepEqual(
    numbers.slice(0, lobby).toSorted((left, right) => left - right),
    [1, 2, 3, 4, 5],
  );
});

test('a correct line has no finding, at the very limit of rate and capacity', async () => {
  for (const [index, arrival] of [1, 2, 3, 4, 5, 6, 7, 8].entries())
    await admit(arrival, 30 + Math.floor(index / 2) * 1.5, 1.4);
  assert.deepEqual(await placesFound(), []);
  assert.deepEqual(await orderFound(), []);
  assert.deepEqual(await pacingFound(), []);
  assert.equal(await countStillWaiting(sale.queue, sale.eventId), 12);
});

test('an account with two places is found', async () => {
  await sale.queue.query('DROP INDEX IF EXISTS places_one_per_account');
  await sale.queue.query('UPDATE places SET account_id = $1 WHERE arrival = 2', [accountOf(1)]);
  assert.deepEqual(await placesFound(), ['accounts with two places']);
});

test('an account inside twice at once, and a number admitted twice, are found', async () => {
  await admit(6, 30, 9);
  await plantSlot(sale, { arrival: 7, number: 7, accountId: accountOf(6), atSeconds: 31.5, forSeconds: 1 });
  assert.deepEqual(await placesFound(), ['accounts with two slots at the same moment']);
  await admit(8, 60, 1, 7);
  assert.ok((await placesFound()).includes('numbers admitted twice'));
});

test('more admissions in a second than the rate are found, wherever the second begins', async () => {
  await admit(6, 30);
  await admit(7, 30.6);
  await admit(8, 30.9);
  assert.deepEqual(await pacingFound(), ['windows of 1 s with more admissions than the rate']);
});

test('more admissions in a minute than the rate are found', async () => {
  await sale.queue.query('TRUNCATE places, calls, slots');
  await sale.queue.query(
    `INSERT INTO slots (event_id, arrival, number, account_id, granted_at, ends_at, released_at, reason, capacity, rate)
     SELECT $1, n, n, gen_random_uuid(), now() + n * interval '490 milliseconds', now() + interval '1 day',
       now() + n * interval '490 milliseconds', 'left', 3, 2 FROM generate_series(1, 130) n`,
    [sale.eventId],
  );
  const minutes = (await findPacingViolations(sale.queue, sale.eventId))[1];
  assert.ok((minutes?.count ?? 0) > 0);
});

test('more people inside than the capacity are found, and a slot that ends frees it in the same instant', async () => {
  await admit(6, 30, 2);
  await admit(7, 30, 9);
  await admit(8, 31.5, 9);
  await admit(9, 32, 9);
  assert.deepEqual(await pacingFound(), []);
  await admit(10, 33, 9);
  assert.deepEqual(await pacingFound(), ['moments with more people inside than the capacity']);
});

test('places given against the order of arrival are found', async () => {
  await sale.queue.query(`UPDATE places SET joined_at = joined_at + interval '3 seconds' WHERE arrival = 9`);
  assert.deepEqual(await orderFound(), ['places given against the order of arrival']);
});

test('calls out of order, and an admission before its call, are found', async () => {
  await sale.queue.query(`UPDATE calls SET called_at = called_at + interval '3 seconds' WHERE to_number = 9`);
  assert.deepEqual(await orderFound(), ['calls against the order of numbers']);
  await sale.queue.query('UPDATE sales SET serving = 9');
  await sale.queue.query('DELETE FROM calls WHERE to_number > 9');
  await admit(12, 40);
  assert.ok((await orderFound()).includes('admissions before the call'));
});

test('a lobby number that the draw did not give, and a secret that was exchanged, are found', async () => {
  await admit(1, 40, 1, ((numbers[0] ?? 0) % lobby) + 1);
  assert.deepEqual(await orderFound(), ['numbers that neither the draw nor the arrival gave']);
  await sale.queue.query(`TRUNCATE slots`);
  await sale.queue.query(`UPDATE sales SET secret = sha256('another')`);
  assert.deepEqual(await orderFound(), ['numbers that neither the draw nor the arrival gave']);
});

test('a place that was acknowledged and is gone, given up by nobody, or another one now is found', async () => {
  const told = (arrival: number, place: { number: number | null; lobbyIndex: number | null }) => ({
    accountId: accountOf(arrival),
    places: [place],
    hasLeft: false,
  });
  assert.deepEqual(
    await lostFound([
      told(2, { number: null, lobbyIndex: 1 }),
      told(2, { number: numbers[1] ?? 0, lobbyIndex: 1 }),
      told(8, { number: 8, lobbyIndex: null }),
    ]),
    [],
  );
  const stranger = { ...told(8, { number: 8, lobbyIndex: null }), accountId: randomUUID() };
  assert.deepEqual(await lostFound([stranger]), ['acknowledged places that are missing']);
  await sale.queue.query('UPDATE places SET left_at = now() WHERE arrival = 8');
  const [eighth] = [told(8, { number: 8, lobbyIndex: null })];
  assert.deepEqual(await lostFound([eighth]), ['acknowledged places that are missing']);
  assert.deepEqual(await lostFound([{ ...eighth, hasLeft: true }]), []);
  assert.deepEqual(await lostFound([told(9, { number: 7, lobbyIndex: null })]), [
    'acknowledged places that are another one now',
  ]);
  assert.deepEqual(await lostFound([told(3, { number: null, lobbyIndex: 0 })]), [
    'acknowledged places that are another one now',
  ]);
});

test('a place that moved while its owner watched is found', async () => {
  const places = [
    { number: 9, lobbyIndex: null },
    { number: 11, lobbyIndex: null },
  ];
  assert.ok(
    (await lostFound([{ accountId: accountOf(9), places, hasLeft: false }])).includes(
      'places that moved back or changed while their owner watched',
    ),
  );
});

test('who asked after another was answered may not stand before the other', () => {
  const fan = (number: number, joinSentAtMs: number, joinAnsweredAtMs: number) => ({
    accountId: String(number),
    places: [{ number, lobbyIndex: null }],
    hasLeft: false,
    joinSentAtMs,
    joinAnsweredAtMs,
  });
  assert.equal(findOvertaken([fan(2, 0, 10), fan(1, 5, 20), fan(3, 11, 12)]).count, 0);
  assert.equal(findOvertaken([fan(2, 0, 10), fan(1, 11, 20)]).count, 1);
});
