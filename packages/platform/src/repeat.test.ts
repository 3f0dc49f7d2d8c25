import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { createLogger } from './logger.ts';
import { repeat } from './repeat.ts';

const logger = createLogger('test', 'silent');
const often = { intervalMs: 10, logger };

test('work runs at once and then again and again, never twice at the same time', async () => {
  let runs = 0;
  let underWay = 0;
  let most = 0;
  const work = repeat('work', often, async () => {
    runs += 1;
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(30);
    underWay -= 1;
  });
  work.start();
  work.start();
  assert.equal(runs, 1);
  await waitUntil(() => runs >= 4, { timeoutMs: 2_000 });
  await work.stop();
  assert.equal(most, 1);
});

test('a run that takes its time does not delay the next one by as much', async () => {
  const startedAtMs: number[] = [];
  const work = repeat('work', { intervalMs: 300, logger }, async () => {
    startedAtMs.push(performance.now());
    await sleep(250);
  });
  work.start();
  await waitUntil(() => startedAtMs.length === 3, { timeoutMs: 5_000 });
  await work.stop();
  const [first = 0, , third = 0] = startedAtMs;
  assert.ok(third - first >= 590 && third - first < 1_000, `${third - first} ms`);
});

test('a run that fails is logged and tried again at its next turn', async () => {
  const logged: unknown[] = [];
  let runs = 0;
  const noting = { warn: (...said: unknown[]) => logged.push(said.at(-1)) } as unknown as typeof logger;
  const work = repeat('counting', { intervalMs: 10, logger: noting }, () => {
    runs += 1;
    if (runs < 3) throw new Error('away');
    return Promise.resolve();
  });
  work.start();
  await waitUntil(() => runs >= 3, { timeoutMs: 2_000 });
  await work.stop();
  assert.deepEqual(logged, ['counting failed', 'counting failed']);
});

test('who stops it waits for the run in hand, which is told, and no other follows', async () => {
  let begun = 0;
  let pieces = 0;
  let isDone = false;
  const work = repeat('work', often, async (stopping) => {
    begun += 1;
    while (!stopping.aborted) {
      pieces += 1;
      await sleep(5);
    }
    await sleep(50);
    isDone = true;
  });
  work.start();
  await waitUntil(() => pieces > 3, { timeoutMs: 2_000 });
  await work.stop();
  assert.ok(isDone);
  await sleep(50);
  assert.equal(begun, 1);
});

test('what was never started stops, and does not run afterwards', async () => {
  let runs = 0;
  const work = repeat('work', often, async () => void (runs += 1));
  await work.stop();
  work.start();
  await sleep(30);
  assert.equal(runs, 0);
});
