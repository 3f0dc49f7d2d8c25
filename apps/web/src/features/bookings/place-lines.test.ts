import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdSamePlaces, placeLines } from './place-lines.ts';

const seat = (seatId: number, grade: string, price: number) => ({
  seatId,
  section: '1F A',
  row: '1',
  seat: String(seatId),
  grade,
  price,
});
const pool = {
  ticketTypeId: 'a',
  name: { ko: '스탠딩', en: 'Standing' },
  grade: 'STANDING-A',
  price: 77_000,
  quantity: 2,
};

test('seats of one grade and price make one line, dearest first', () => {
  const lines = placeLines({
    seats: [seat(3, 'R', 55_000), seat(1, 'VIP', 66_000), seat(4, 'R', 55_000)],
    places: [],
  });
  assert.deepEqual(
    lines.map(({ grade, quantity, price, seats }) => [
      grade,
      quantity,
      price,
      seats.map(({ seatId }) => seatId),
    ]),
    [
      ['VIP', 1, 66_000, [1]],
      ['R', 2, 55_000, [3, 4]],
    ],
  );
});

test('places of a pool are a line with a name and no seats', () => {
  const [line] = placeLines({ seats: [], places: [pool] });
  assert.deepEqual([line?.name?.ko, line?.quantity, line?.seats], ['스탠딩', 2, []]);
});

test('the same seats in another order are the same places', () => {
  const base = {
    reservationId: 'r',
    eventId: 'e',
    state: 'confirmed' as const,
    quantity: 2,
    amount: 1,
    createdAt: '',
    expiresAt: '',
    pinned: true,
    places: [],
  };
  const one = { ...base, seats: [seat(1, 'R', 1), seat(2, 'R', 1)] };
  assert.ok(holdSamePlaces(one, { ...one, reservationId: 's', seats: [...one.seats].reverse() }));
  assert.equal(holdSamePlaces(one, { ...one, seats: [seat(1, 'R', 1), seat(3, 'R', 1)] }), false);
});
