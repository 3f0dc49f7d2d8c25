import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { DrawRecord } from '../line/line-store.ts';
import { accountBytes, chunkSize, emptyRoot, leavesOf, merklePath, merkleRoot, nodeHash } from './merkle.ts';
import { performDraw } from './perform-draw.ts';
import { drawKey, drawOrder } from './permutation.ts';

const leafKey = Buffer.alloc(32, 4);
const secret = Buffer.alloc(32, 6);

async function drawOver(roster: Buffer): Promise<DrawRecord> {
  let record: DrawRecord | undefined;
  const store = {
    readRoster: async (_eventId: string, from: number, count: number) =>
      roster.subarray(from * accountBytes, (from + count) * accountBytes),
    recordDraw: async (_eventId: string, given: DrawRecord) => (record = given) === given,
  };
  const lobbySize = roster.length / accountBytes;
  await performDraw(store, { eventId: 'event', secret, leafKey, lobbySize });
  return record ?? assert.fail('nothing was recorded');
}

test('the root read in chunks is the root of all leaves at once', async () => {
  for (const size of [1, 2, 5, chunkSize - 1, chunkSize, chunkSize + 1, 20 * chunkSize + 77]) {
    const roster = randomBytes(size * accountBytes);
    const { rosterRoot } = await drawOver(roster);
    assert.equal(rosterRoot.toString('latin1'), merkleRoot(leavesOf(roster, 0, leafKey)), `size ${size}`);
  }
});

test('leavers stay in the roster as holes, and their numbers are known', async () => {
  const roster = randomBytes(10 * accountBytes);
  roster.fill(0, 3 * accountBytes, 4 * accountBytes);
  const record = await drawOver(roster);
  const order = drawOrder(drawKey(secret, record.rosterRoot), 10);
  assert.deepEqual(record.holes, [order(3) + 1]);
});

test('a tree follows RFC 6962', () => {
  const leaves = ['a', 'b', 'c', 'd', 'e'].map((text) => createHash('sha256').update(text).digest('binary'));
  const [a = '', b = '', c = '', d = '', e = ''] = leaves;
  assert.equal(merkleRoot(leaves), nodeHash(nodeHash(nodeHash(a, b), nodeHash(c, d)), e));
  assert.deepEqual(merklePath(leaves, 4), [nodeHash(nodeHash(a, b), nodeHash(c, d))]);
  assert.deepEqual(merklePath(leaves, 2), [d, nodeHash(a, b), e]);
  assert.equal(Buffer.from(emptyRoot, 'latin1').toString('hex'), createHash('sha256').digest('hex'));
});
