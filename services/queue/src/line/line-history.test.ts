import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineHistory } from './line-history.ts';

const moment = (seconds: number) => ({
  seenAt: new Date(1_000_000_000_000 + seconds * 1000),
  issued: seconds,
  serving: 0,
  active: 0,
});

test('a line is remembered every five seconds and for ten minutes', () => {
  const history = createLineHistory();
  for (let tenths = 0; tenths <= 8_000; tenths += 1) history.record(moment(tenths / 10));
  const seen = history.moments();
  assert.ok(seen.length >= 120 && seen.length <= 124, String(seen.length));
  assert.ok((seen[0]?.issued ?? 0) >= 200 && (seen.at(-1)?.issued ?? 0) >= 795);
});

test('a store whose clock was set back is remembered from there on', () => {
  const history = createLineHistory();
  for (const seconds of [100, 105, 110, 40, 45]) history.record(moment(seconds));
  assert.deepEqual(
    history.moments().map(({ issued }) => issued),
    [40, 45],
  );
});
