import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAgenda } from './agenda.ts';

test('tasks run in order of their instants, those of one instant in order of arrival', async () => {
  const agenda = createAgenda();
  const now = performance.now();
  const done: string[] = [];
  await new Promise<void>((resolve) => {
    const instants = [5, 1, 9, 3, 3, 7, 0, 8, 2, 6, 4];
    instants.forEach((instant, index) =>
      agenda.at(now + instant, () => {
        done.push(`${instant}:${index}`);
        if (done.length === instants.length) resolve();
      }),
    );
  });
  assert.deepEqual(
    done.map((entry) => Number(entry.split(':')[0])),
    [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.ok(done.indexOf('3:3') < done.indexOf('3:4'));
});

test('a task learns the instant it was meant for, however late it runs', async () => {
  const agenda = createAgenda();
  const instant = performance.now() - 50;
  const meant = await new Promise<number>((resolve) => agenda.at(instant, resolve));
  assert.equal(meant, instant);
});

test('a cleared agenda does nothing more', async () => {
  const agenda = createAgenda();
  let ran = false;
  agenda.at(performance.now() + 1, () => (ran = true));
  agenda.clear();
  await new Promise((resolve) => setTimeout(resolve, 15));
  assert.equal(ran, false);
  assert.equal(agenda.length, 0);
});
