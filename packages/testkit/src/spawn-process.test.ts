import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestClock } from './test-clock.ts';
import { spawnProcess } from './spawn-process.ts';
import { waitUntil } from './wait-until.ts';

test('a process killed with -9 resolves with the signal and keeps what it wrote', async () => {
  const child = await spawnProcess(process.execPath, [
    '-e',
    'console.log("up"); setInterval(() => {}, 1000)',
  ]);
  await child.waitForOutput('up');
  assert.deepEqual(await child.kill(), { code: null, signal: 'SIGKILL' });
  assert.match(child.output(), /up/);
});

test('waiting for output ends at once when the process ends without it', async () => {
  const child = await spawnProcess(process.execPath, ['-e', 'console.error("no licence"); process.exit(3)']);
  await assert.rejects(child.waitForOutput('ready'), /ended without writing "ready": no licence/);
  assert.deepEqual(await child.exited, { code: 3, signal: null });
});

test('a program that is not there is refused', async () => {
  await assert.rejects(spawnProcess('/nowhere/program'), { code: 'ENOENT' });
});

test('waiting names what did not happen', async () => {
  await assert.rejects(
    waitUntil(() => false, { timeoutMs: 30, what: 'rain' }),
    /30 ms in vain for rain/,
  );
});

test('a test clock moves only when it is told to', () => {
  const clock = createTestClock('2026-05-01T20:00:00Z');
  clock.advance(7 * 60_000);
  assert.equal(clock.now().toISOString(), '2026-05-01T20:07:00.000Z');
});
