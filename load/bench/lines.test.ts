import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benchKeys, embeddedKeys, meets } from './lines.ts';
import { parseOptions } from './options.ts';

test('the lines are those that were promised, in their order', () => {
  const embedded = [
    'pollVsBareHttp',
    'pollMillionVsThousand',
    'joinVsBareHttp',
    'holdVsCommitPerHold',
    'loserVsWinner',
    'gatewayVsProxy',
    'rssMegabytes',
    'startSeconds',
  ];
  assert.deepEqual(embeddedKeys, embedded);
  assert.deepEqual(benchKeys, [
    ...embedded,
    'redisJoinVsHset',
    'redisClaimVsZadd',
    'kafkaEventsPerSecond',
    'twoTicketsVsOne',
  ]);
});

test('a ratio must reach its limit, memory and time must not pass theirs', () => {
  assert.equal(meets('pollVsBareHttp', 0.75), true);
  assert.equal(meets('pollVsBareHttp', 0.749), false);
  assert.equal(meets('rssMegabytes', 700), true);
  assert.equal(meets('rssMegabytes', 701), false);
  assert.equal(meets('startSeconds', 10.1), false);
});

test('--only takes the lines named, in the order of the table', () => {
  assert.deepEqual(parseOptions(['--only', 'startSeconds, pollVsBareHttp']).keys, [
    'pollVsBareHttp',
    'startSeconds',
  ]);
  assert.deepEqual(parseOptions([]).keys, embeddedKeys);
  assert.deepEqual(parseOptions(['--cluster']).keys, benchKeys);
});

test('an unknown line, rounds that are no number and unknown options are refused', () => {
  assert.throws(() => parseOptions(['--only', 'poll']), /There is no line "poll"/);
  for (const rounds of ['0', 'x', '1.5', '-1']) {
    assert.throws(() => parseOptions([`--rounds=${rounds}`]), /--rounds must be a whole number/);
  }
  assert.throws(() => parseOptions(['--fast']), /--fast/);
});
