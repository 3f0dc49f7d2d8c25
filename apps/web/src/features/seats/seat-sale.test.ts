import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SeatSale } from './seat-sale.ts';
import { testChange, testHall, testStatus } from './test-hall.ts';

function openSale(states: readonly number[] = Array.from({ length: 40 }, () => 0), limit = 4): SeatSale {
  const sale = new SeatSale(testHall(), limit);
  sale.takeStatus(testStatus(states));
  return sale;
}

test('a free seat is chosen by the first press and dropped by the second', () => {
  const sale = openSale();
  sale.toggle(3);
  assert.deepEqual(sale.choice().selection, [3]);
  sale.toggle(3);
  assert.deepEqual(sale.choice().selection, []);
});

test('a taken seat is not chosen, and says so', () => {
  const sale = openSale([1, ...Array.from({ length: 39 }, () => 0)]);
  sale.toggle(0);
  assert.deepEqual(sale.choice().selection, []);
  assert.deepEqual(sale.choice().happening, { kind: 'taken', seatId: 0 });
});

test('nobody chooses more than the limit', () => {
  const sale = openSale(undefined, 2);
  for (const seatId of [0, 1, 2]) sale.toggle(seatId);
  assert.deepEqual(sale.choice().selection, [0, 1]);
  assert.deepEqual(sale.choice().happening, { kind: 'limit' });
});

test('a chosen seat that goes leaves the choice and offers the nearest of its grade', () => {
  const sale = openSale();
  sale.toggle(4);
  sale.takeChange(testChange({ held: [4, 5] }));
  assert.deepEqual(sale.choice().selection, []);
  assert.deepEqual(sale.choice().lost, [{ seatId: 4, replacement: 3 }]);
  sale.replace(4);
  assert.deepEqual(sale.choice().selection, [3]);
  assert.deepEqual(sale.choice().lost, []);
});

test('an offer that goes as well is replaced by the next one', () => {
  const sale = openSale();
  sale.toggle(4);
  sale.takeChange(testChange({ held: [4] }));
  const [first] = sale.choice().lost;
  sale.takeChange(testChange({ held: [first?.replacement ?? -1] }));
  const [second] = sale.choice().lost;
  assert.notEqual(second?.replacement, first?.replacement);
  assert.ok(sale.board.isFree(second?.replacement ?? -1));
});

test('two lost seats are offered two seats, none of them chosen', () => {
  const sale = openSale();
  for (const seatId of [3, 4, 5]) sale.toggle(seatId);
  sale.takeChange(testChange({ sold: [3, 4] }));
  const offered = sale.choice().lost.map(({ replacement }) => replacement);
  assert.equal(new Set([...offered, 5]).size, 3);
});

test('a wheelchair space is offered for a wheelchair space alone', () => {
  const sale = openSale();
  sale.toggle(9);
  sale.takeChange(testChange({ held: [9] }));
  assert.deepEqual(sale.choice().lost, [{ seatId: 9, replacement: 19 }]);
});

test('nothing is offered where nothing of the grade is left', () => {
  const sale = openSale();
  sale.toggle(4);
  sale.takeChange(testChange({ sold: Array.from({ length: 20 }, (_, seatId) => seatId) }));
  assert.deepEqual(sale.choice().lost, [{ seatId: 4, replacement: undefined }]);
});

test("the reader's own hold is no loss while the reservation is under way", () => {
  const sale = openSale();
  sale.toggle(4);
  sale.beginReserving();
  sale.takeChange(testChange({ held: [4] }));
  assert.deepEqual(sale.choice().lost, []);
  assert.deepEqual(sale.choice().selection, [4]);
});

test('seats a refusal lists are lost even before the stream tells', () => {
  const sale = openSale();
  for (const seatId of [4, 5]) sale.toggle(seatId);
  sale.beginReserving();
  sale.endReserving([{ seatId: 5, reason: 'sold' }]);
  assert.deepEqual(sale.choice().selection, [4]);
  assert.equal(sale.choice().lost[0]?.seatId, 5);
});

test('what was kept comes back as far as it is free and allowed', () => {
  const sale = openSale([1, ...Array.from({ length: 39 }, () => 0)], 2);
  sale.restore([0, 1, 2, 3]);
  assert.deepEqual(sale.choice().selection, [1, 2]);
});

test('whatever happens, all that is chosen is free and within the limit', () => {
  const seat = fc.integer({ min: 0, max: 39 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('toggle' as const), seat }),
    fc.record({ kind: fc.constant('held' as const), seat }),
    fc.record({ kind: fc.constant('free' as const), seat }),
    fc.record({ kind: fc.constant('replace' as const), seat }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const sale = openSale();
      for (const { kind, seat: seatId } of steps) {
        if (kind === 'toggle') sale.toggle(seatId);
        else if (kind === 'replace') sale.replace(sale.choice().lost[0]?.seatId ?? seatId);
        else sale.takeChange(testChange({ [kind]: [seatId] }));
        const { selection } = sale.choice();
        assert.ok(selection.length <= 4 && new Set(selection).size === selection.length);
        assert.ok(selection.every((chosen) => sale.board.isFree(chosen)));
      }
    }),
  );
});
