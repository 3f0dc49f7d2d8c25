import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { freePortOffset, isPortFree } from '../../tools/platform/ports.ts';
import { portsOf } from '../../tools/platform/processes.ts';

const repository = path.join(import.meta.dirname, '../..');

test('a start that is broken off at any step leaves nothing that runs', async (context) => {
  const portOffset = await freePortOffset();
  context.after(() =>
    rm(path.join(repository, `.urr/platform-${portOffset}`), { recursive: true, force: true }),
  );
  const begin = async (step: string) => {
    const start = await spawnProcess(path.join(repository, 'tools/start/main.ts'), [], {
      cwd: repository,
      env: { PORT_OFFSET: String(portOffset) },
    });
    await start.waitForOutput(step, { timeoutMs: 120_000 });
    await sleep(300 * Math.random());
    return start;
  };
  await (await begin('starting services')).kill('SIGKILL');
  // PostgreSQL alone outlives that; the next start stops it.
  const programs = [...portsOf(portOffset)].filter(([name]) => name !== 'postgresql');
  for (const [name, port] of programs)
    await waitUntil(() => isPortFree(port), { timeoutMs: 30_000, what: `the end of ${name}` });
  for (const step of ['starting PostgreSQL', 'migrating', 'starting services']) {
    const start = await begin(step);
    process.kill(start.pid, 'SIGINT');
    assert.deepEqual(await start.exited, { code: 1, signal: null }, start.output());
    assert.match(start.output(), /Stopping…\n[\s\S]*Stopped before it was ready\./);
    for (const [name, port] of portsOf(portOffset))
      assert.ok(await isPortFree(port), `${name} after "${step}"`);
  }
});
