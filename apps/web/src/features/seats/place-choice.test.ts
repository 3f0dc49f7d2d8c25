import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesAmount, placesItems, withinStock } from './place-choice.ts';

const name = { ko: '스탠딩', en: 'Standing' };
const pools = [
  { ticketTypeId: 'a', name, grade: 'STANDING-A', price: 77_000, total: 300, left: 3 },
  { ticketTypeId: 'b', name, grade: 'STANDING-B', price: 66_000, total: 500, left: 500 },
];

test('nobody chooses more than is left or than the limit allows', () => {
  const chosen = withinStock(
    new Map([
      ['a', 9],
      ['b', 9],
    ]),
    pools,
    4,
  );
  assert.deepEqual(
    [...chosen],
    [
      ['a', 3],
      ['b', 1],
    ],
  );
});

test('a reservation asks for what is chosen alone', () => {
  assert.deepEqual(
    placesItems(
      new Map([
        ['a', 0],
        ['b', 2],
      ]),
    ),
    [{ ticketTypeId: 'b', quantity: 2 }],
  );
});

test('the amount is the sum of what is chosen', () => {
  assert.equal(
    placesAmount(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      pools,
    ),
    209_000,
  );
});
