import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PartitionFeed } from './partition-feed.ts';

function feedAt(position: bigint): PartitionFeed {
  const feed = new PartitionFeed(0);
  feed.position = feed.committed = position;
  return feed;
}

test('whatever the order in which events end, what may be committed is exactly what is digested without a gap', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_500), { maxLength: 300 }), fc.nat(50), (endings, begin) => {
      const feed = feedAt(BigInt(begin));
      const done = new Set<number>();
      let taken = 0;
      for (const ending of endings) {
        for (const more = taken + 7; taken < more; taken += 1) feed.take(BigInt(begin + taken));
        const which = ending % taken;
        done.add(which);
        feed.done(BigInt(begin + which));
        let gap = 0;
        while (done.has(gap)) gap += 1;
        const upTo = BigInt(begin + gap);
        assert.equal(feed.toCommit, upTo === feed.committed ? undefined : upTo);
      }
    }),
  );
});

test('a record taken before is not taken again, and gaps of the log are stepped over', () => {
  const feed = feedAt(10n);
  assert.equal(feed.take(9n), false);
  assert.equal(feed.take(10n), true);
  assert.equal(feed.take(10n), false);
  feed.skipTo(15n);
  assert.equal(feed.toCommit, undefined, 'the first is not digested yet');
  feed.done(10n);
  assert.equal(feed.toCommit, 15n);
});

test('there is room only while few are under way, and none before the position is known', () => {
  assert.equal(new PartitionFeed(0).hasRoom, false);
  const feed = feedAt(0n);
  for (let offset = 0n; offset < 1_000n; offset += 1n) feed.take(offset);
  assert.equal(feed.hasRoom, false);
  feed.done(500n);
  assert.equal(feed.hasRoom, false, 'the oldest holds the others');
  feed.done(0n);
  assert.equal(feed.hasRoom, true);
});
