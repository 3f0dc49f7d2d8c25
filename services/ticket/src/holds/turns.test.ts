import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Turns } from './turns.ts';

const never = () => undefined;

test('works that share a key run one after the other, in the order they came', async () => {
  const turns = new Turns(100);
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await sleep(1);
    seen.push(`${name} ends`);
    return name;
  };
  await Promise.all([
    turns.run(['a', 'b'], never, work('one')),
    turns.run(['b', 'a'], never, work('two')),
    turns.run(['a'], never, work('three')),
  ]);
  assert.deepEqual(seen, ['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
});

test('works without a common key do not wait for each other', async () => {
  const turns = new Turns(0);
  let release = () => {};
  const first = turns.run(['a'], never, () => new Promise<void>((resolve) => (release = resolve)));
  assert.equal(await turns.run(['b'], never, async () => 'done'), 'done');
  release();
  await first;
});

test('who waits in vain is answered as soon as that is known', async () => {
  const turns = new Turns(100);
  let isTaken = false;
  let runs = 0;
  const ask = () =>
    turns.run(
      ['seat'],
      () => (isTaken ? 'taken' : undefined),
      async () => {
        runs += 1;
        await sleep(1);
        isTaken = true;
        return 'won';
      },
    );
  const answers = await Promise.all(Array.from({ length: 50 }, ask));
  assert.equal(answers.filter((answer) => answer === 'won').length, 1);
  assert.equal(runs, 1);
});

test('a failed work lets the next one go, and too many waiting are refused', async () => {
  const turns = new Turns(1);
  const failing = turns.run(['a'], never, async () => {
    await sleep(1);
    throw new Error('disk');
  });
  const next = turns.run(['a'], never, async () => 'next');
  await assert.rejects(
    turns.run(['a'], never, async () => 'third'),
    /overloaded/,
  );
  await assert.rejects(failing, /disk/);
  assert.equal(await next, 'next');
});
