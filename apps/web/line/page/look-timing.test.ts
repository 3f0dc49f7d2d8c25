import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absenceOf, nowMs, opensAt, placeOf, sightOf, stateOf } from '../line.fixture.ts';
import {
  backOffMs,
  drawSpreadMs,
  type LookMoment,
  nextLookMs,
  pollSeconds,
  refreshSeconds,
} from './look-timing.ts';

const moment = (change: Partial<LookMoment> = {}): LookMoment => ({
  sight: sightOf(),
  nowMs,
  failures: 0,
  retryAfterSeconds: null,
  isHidden: false,
  random: 0,
  ...change,
});
const at = (number: number) => sightOf({ place: placeOf({ number }) });

test('looks follow the table of the document by distance', () => {
  const { poll } = stateOf();
  assert.deepEqual(
    [0, 100, 101, 5_000, 50_000, 900_000].map((distance) => pollSeconds(poll, distance)),
    [1, 1, 3, 10, 30, 30],
  );
  assert.equal(nextLookMs(moment({ sight: at(850) })), 1_000);
  assert.equal(nextLookMs(moment({ sight: at(9_000) })), 10_000);
  assert.equal(nextLookMs(moment({ sight: at(9_000), random: 1 })), 12_000);
});

test('a hidden page and one whose reader does not wait look less often', () => {
  assert.equal(nextLookMs(moment({ sight: at(850), isHidden: true })), 5_000);
  const outside = sightOf({ place: absenceOf('none'), state: stateOf({ issued: 5 }) });
  assert.equal(nextLookMs(moment({ sight: outside })), 5_000);
});

test('everybody looks when the lobby and the sale open, spread over two seconds', () => {
  const lobby = sightOf({ state: stateOf({ phase: 'lobby' }), place: placeOf({ number: null }) });
  const early = (random: number) => nextLookMs(moment({ sight: lobby, nowMs: (opensAt - 4) * 1000, random }));
  assert.deepEqual([early(0), early(1)], [4_200, 6_200]);
  // The document may be a second behind the opening.
  assert.equal(nextLookMs(moment({ sight: lobby, nowMs: (opensAt + 3) * 1000 })), 1_200);
});

test('failures back off to half a minute, never before the server wants', () => {
  assert.deepEqual(
    [1, 2, 3, 9].map((failures) => backOffMs(failures, null, 1)),
    [2_000, 4_000, 8_000, 30_000],
  );
  assert.equal(backOffMs(1, null, 0), 1_000);
  assert.equal(backOffMs(1, 20, 0), 20_000);
  assert.equal(nextLookMs(moment({ failures: 1, retryAfterSeconds: 7 })), 7_000);
});

test('what is over is not looked at again', () => {
  for (const phase of ['ended', 'cancelled'] as const) {
    const sight = sightOf({ state: stateOf({ phase }) });
    assert.equal(nextLookMs(moment({ sight })), null);
    assert.equal(refreshSeconds(sight, nowMs), null);
  }
});

test('a page without a script gives time to read, and is there when the sale opens', () => {
  assert.equal(refreshSeconds(at(813), nowMs), 5);
  assert.equal(refreshSeconds(at(90_000), nowMs), 30);
  const early = sightOf({ state: stateOf({ phase: 'scheduled' }), place: absenceOf('none') });
  assert.equal(refreshSeconds(early, (opensAt - 1_807) * 1000), 8);
});

test('a large lobby asks for its numbers over seconds', () => {
  assert.equal(drawSpreadMs(20), 1);
  assert.equal(drawSpreadMs(100_000), 5_000);
  assert.equal(drawSpreadMs(9_000_000), 15_000);
});
