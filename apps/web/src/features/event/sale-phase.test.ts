import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsDownTo, type SaleFacts, salePhase, withLineTimes } from './sale-phase.ts';

const facts: SaleFacts = {
  state: 'upcoming',
  lobbyOpensAtMs: 1_000_000,
  opensAtMs: 2_000_500,
  endsAtMs: 9_000_000,
};
const times = [1000, 2000, 9000];

test('times turn the phase by themselves', () => {
  assert.equal(salePhase(facts, 999_999), 'before-lobby');
  assert.equal(salePhase(facts, 1_000_000), 'lobby');
  assert.equal(salePhase(facts, 2_000_499), 'lobby');
  assert.equal(salePhase(facts, 2_000_500), 'on-sale');
  assert.equal(salePhase(facts, 9_000_000), 'ended');
});

test('a state read before the opening does not hold the opening back', () => {
  assert.equal(salePhase(facts, 2_000_500, { phase: 'lobby', times }), 'on-sale');
  assert.equal(salePhase(facts, 2_000_500, { phase: 'drawing', times }), 'on-sale');
});

test('the line decides what no time can tell', () => {
  assert.equal(salePhase(facts, 1_500_000, { phase: 'open', times }), 'on-sale');
  assert.equal(salePhase(facts, 3_000_000, { phase: 'paused', times }), 'paused');
  assert.equal(salePhase(facts, 1_500_000, { phase: 'paused', times }), 'lobby');
  assert.equal(salePhase(facts, 3_000_000, { phase: 'soldout', times }), 'sold-out');
  assert.equal(salePhase(facts, 3_000_000, { phase: 'draining', times }), 'draining');
  assert.equal(salePhase(facts, 3_000_000, { phase: 'cancelled', times }), 'cancelled');
});

test('what the catalogue says holds until the line has spoken', () => {
  assert.equal(salePhase({ ...facts, state: 'sold_out' }, 3_000_000), 'sold-out');
  assert.equal(salePhase({ ...facts, state: 'sold_out' }, 3_000_000, { phase: 'open', times }), 'on-sale');
  assert.equal(salePhase({ ...facts, state: 'cancelled' }, 3_000_000, { phase: 'open', times }), 'cancelled');
});

test('a sale that was moved counts to its new time, one that was not keeps its milliseconds', () => {
  assert.deepEqual(withLineTimes(facts, { phase: 'scheduled', times }), facts);
  assert.equal(withLineTimes(facts, { phase: 'scheduled', times: [1000, 4000, 9000] }).opensAtMs, 4_000_000);
});

test('only what turns by itself is counted down to', () => {
  assert.equal(countsDownTo('before-lobby', facts), 1_000_000);
  assert.equal(countsDownTo('lobby', facts), 2_000_500);
  assert.equal(countsDownTo('on-sale', facts), undefined);
});
