import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { launchNode } from './launch.ts';
import { restartDelayMs, supervise, type SupervisedProgram } from './supervisor.ts';

let logDirectory: string;
before(async () => {
  logDirectory = await mkdtemp(path.join(tmpdir(), 'urr-supervisor-'));
});
after(() => rm(logDirectory, { recursive: true, force: true }));

test('a program that was killed after it came up is soon up again, however often', async () => {
  const program = await superviseFor(600_000);
  try {
    for (let kills = 1; kills <= 3; kills += 1) {
      await livesLongEnough();
      const killedAtMs = performance.now();
      await killAndWait(program);
      assert.ok(performance.now() - killedAtMs < 450, `restart ${kills} waited as after a failed start`);
      assert.equal(program.restarts(), kills);
    }
  } finally {
    await program.stop();
  }
});

test('a program that cannot stay up is started ever more slowly', async () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 100].map((shortLives) => restartDelayMs(shortLives)),
    [100, 500, 2_000, 5_000, 5_000, 5_000],
  );
  const program = await superviseFor(1);
  try {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.ok(program.restarts() <= 3, `${program.restarts()} restarts in 1.5 s`);
  } finally {
    await program.stop();
  }
});

test('a program that is stopped stays stopped, also while it waits to be started again', async () => {
  const program = await superviseFor(1);
  await waitUntil(() => program.pid() === undefined, { what: 'the first end' });
  await program.stop();
  const restarts = program.restarts();
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.equal(program.pid(), undefined);
  assert.equal(program.restarts(), restarts);
});

function superviseFor(lifeMs: number): Promise<SupervisedProgram> {
  const plan = {
    name: `program-${lifeMs}`,
    launch: () =>
      launchNode({
        script: path.join(import.meta.dirname, 'steady-program.fixture.ts'),
        args: [String(lifeMs)],
        environment: {},
      }),
    isReady: async () => true,
  };
  return supervise(plan, logDirectory);
}

// Longer than the life of a program that cannot start.
function livesLongEnough(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_700));
}

async function killAndWait(program: SupervisedProgram): Promise<void> {
  const pid = program.pid();
  assert.ok(pid !== undefined);
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => program.pid() !== undefined && program.pid() !== pid, { what: 'the next life' });
}
