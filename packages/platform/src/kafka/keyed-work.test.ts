import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { KeyedWork } from './keyed-work.ts';

test('jobs of a key run one by one in their order, those of others beside them, and only so many', async () => {
  const work = new KeyedWork(4);
  const order = new Map<string, number[]>();
  const running = new Set<string>();
  let most = 0;
  for (let n = 0; n < 200; n += 1) {
    const key = `key-${n % 13}`;
    work.add(key, async () => {
      assert.ok(!running.has(key), 'never two of one key');
      running.add(key);
      most = Math.max(most, running.size);
      await sleep(Math.random() * 3);
      running.delete(key);
      order.set(key, [...(order.get(key) ?? []), n]);
    });
  }
  assert.equal(work.isIdle, false);
  await waitUntil(() => work.isIdle);
  assert.equal(most, 4);
  for (const numbers of order.values())
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
  assert.equal([...order.values()].flat().length, 200);
});

test('a long queue of one key does not keep a later key waiting', async () => {
  const work = new KeyedWork(1);
  const done: string[] = [];
  for (let n = 0; n < 100; n += 1) work.add('long', async () => void done.push('long'));
  work.add('short', async () => void done.push('short'));
  await waitUntil(() => work.isIdle);
  assert.ok(done.indexOf('short') < 3);
});

test('without their keys, events of a subject would overtake each other', async () => {
  const work = new KeyedWork(4);
  const order: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    work.add(`key-${n}`, async () => {
      await sleep(20 - n * 2);
      order.push(n);
    });
  }
  await waitUntil(() => work.isIdle);
  assert.notDeepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
});
