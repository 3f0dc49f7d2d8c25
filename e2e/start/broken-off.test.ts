import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { freePortOffset, isPortFree } from '../../tools/platform/ports.ts';
import { portsOf } from '../../tools/platform/processes.ts';

const repository = path.join(import.meta.dirname, '../..');

/** Command line of a process; empty when it has ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The programs of the platform that a process has started. */
function programsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) => !commandOf(child).includes('postgres'));
}

// Whose child a process is can be read on Linux.
const skip = process.platform !== 'linux';

test('a start that is broken off at any step leaves nothing that runs', { skip }, async (context) => {
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
  const killed = await begin('starting services');
  const programs = programsOf(killed.pid);
  assert.ok(programs.length > 0);
  await killed.kill('SIGKILL');
  // Each hears of it once it has come so far; PostgreSQL alone outlives it, the next start stops that.
  for (const pid of programs)
    await waitUntil(() => commandOf(pid) === '', { timeoutMs: 30_000, what: `the end of ${pid}` });
  for (const step of ['starting PostgreSQL', 'migrating', 'starting services']) {
    const start = await begin(step);
    process.kill(start.pid, 'SIGINT');
    assert.deepEqual(await start.exited, { code: 1, signal: null }, start.output());
    assert.match(start.output(), /Stopping…\n[\s\S]*Stopped before it was ready\./);
    for (const [name, port] of portsOf(portOffset))
      assert.ok(await isPortFree(port), `${name} after "${step}"`);
  }
});
