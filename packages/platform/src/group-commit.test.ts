import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GroupCommit } from './group-commit.ts';
import { Problem } from './problem.ts';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test('a lone command is written at once and alone', async () => {
  const groups: number[][] = [];
  const commit = new GroupCommit<number, number>({
    write: async (commands) => {
      groups.push([...commands]);
      return commands;
    },
    groupSize: 10,
    queueSize: 10,
  });
  assert.equal(await commit.submit(1), 1);
  assert.deepEqual(groups, [[1]]);
});

test('what arrives while a group is written shares the next one, in arrival order', async () => {
  const groups: number[][] = [];
  let release = () => {};
  const commit = new GroupCommit<number, number>({
    write: async (commands) => {
      groups.push([...commands]);
      if (groups.length === 1) await new Promise<void>((resolve) => (release = resolve));
      return commands.map((command) => command * 10);
    },
    groupSize: 3,
    queueSize: 100,
  });
  const first = commit.submit(1);
  while (groups.length === 0) await tick();
  const rest = [2, 3, 4, 5].map((command) => commit.submit(command));
  release();
  assert.deepEqual(await Promise.all([first, ...rest]), [10, 20, 30, 40, 50]);
  assert.deepEqual(groups, [[1], [2, 3, 4], [5]]);
});

test('a full queue refuses with overloaded and keeps what it has', async () => {
  const commit = new GroupCommit<number, number>({
    write: async (commands) => commands,
    groupSize: 1,
    queueSize: 2,
  });
  const kept = [commit.submit(1), commit.submit(2)];
  await assert.rejects(commit.submit(3), (error) => error instanceof Problem && error.code === 'overloaded');
  assert.deepEqual(await Promise.all(kept), [1, 2]);
});

test('a group that fails fails for all its callers and for no other', async () => {
  const commit = new GroupCommit<number, number>({
    write: async (commands) => {
      if (commands.includes(2)) throw new Error('disk');
      return commands;
    },
    groupSize: 2,
    queueSize: 10,
  });
  const results = await Promise.allSettled([1, 2, 3].map((command) => commit.submit(command)));
  assert.deepEqual(
    results.map((result) => result.status),
    ['rejected', 'rejected', 'fulfilled'],
  );
});

test('a writer that answers too few results fails the callers it forgot', async () => {
  const commit = new GroupCommit<number, number>({ write: async () => [1], groupSize: 5, queueSize: 5 });
  const results = await Promise.allSettled([commit.submit(1), commit.submit(2)]);
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected'],
  );
});

test('commands that share a key never share a group, and keep their order', async () => {
  const command = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 });
  const run = fc.asyncProperty(
    fc.array(command, { maxLength: 40 }),
    fc.integer({ min: 1, max: 8 }),
    async (commands, groupSize) => {
      const written: number[] = [];
      const commit = new GroupCommit<{ id: number; keys: number[] }, number>({
        write: async (group) => {
          const keys = group.flatMap((one) => one.keys);
          assert.equal(new Set(keys).size, keys.length);
          assert.ok(group.length <= groupSize);
          written.push(...group.map((one) => one.id));
          await tick();
          return group.map((one) => one.id);
        },
        groupSize,
        queueSize: 100,
        conflictKeys: (one) => one.keys,
      });
      await Promise.all(commands.map((keys, id) => commit.submit({ id, keys })));
      for (const key of [0, 1, 2, 3, 4, 5]) {
        const order = written.filter((id) => commands[id]?.includes(key));
        assert.deepEqual(
          order,
          [...order].sort((a, b) => a - b),
        );
      }
    },
  );
  await fc.assert(run, { numRuns: 60 });
});
