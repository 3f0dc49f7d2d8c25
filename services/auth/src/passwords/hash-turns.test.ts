import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '@urr/platform/problem.ts';
import { createHashTurns } from './hash-turns.ts';

const slowly = (milliseconds: number) => () =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const isOverloaded = (error: unknown) => error instanceof Problem && error.code === 'overloaded';

test('no more run at once than may, and all that were taken finish', async () => {
  let running = 0;
  let most = 0;
  const inTurn = createHashTurns({ concurrency: 2, queueSize: 100, longestWaitMs: 10_000 });
  const work = async () => {
    most = Math.max(most, (running += 1));
    await slowly(2)();
    running -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => inTurn(work)));
  assert.equal(most, 2);
});

test('a full queue refuses', async () => {
  const inTurn = createHashTurns({ concurrency: 1, queueSize: 1, longestWaitMs: 10_000 });
  const taken = [inTurn(slowly(5)), inTurn(slowly(5))];
  await assert.rejects(inTurn(slowly(5)), isOverloaded);
  await Promise.all(taken);
});

test('whoever would wait too long is refused at once, though the queue has room', async () => {
  const inTurn = createHashTurns({ concurrency: 1, queueSize: 1_000, longestWaitMs: 60 });
  for (let round = 0; round < 30; round += 1) await inTurn(slowly(20));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => inTurn(slowly(20))));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.ok(refused.length >= 15 && refused.length < 20, `${refused.length} of 20 refused`);
});
