import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { guaranteeTests } from './guarantee-tests.ts';

const repository = path.join(import.meta.dirname, '../..');
const listed = Object.values(guaranteeTests).flat();

test('every test of a guarantee is there, and every one in a folder of guarantees is listed', () => {
  assert.deepEqual(
    listed.filter((file) => !existsSync(path.join(repository, file))),
    [],
  );
  const there = globSync(['services/*/src/guarantees/*.test.ts', 'load/guarantees/*.test.ts'], {
    cwd: repository,
  });
  assert.deepEqual(
    there.filter((file) => !listed.includes(file)),
    [],
  );
});

test('docs/guarantees.md names the tests of each guarantee', () => {
  const text = readFileSync(path.join(repository, 'docs/guarantees.md'), 'utf8');
  for (const [guarantee, files] of Object.entries(guaranteeTests)) {
    const told = text.split('\n').find((line) => line.startsWith(`| ${guarantee} `)) ?? text;
    for (const file of files) {
      const name = path.basename(file).replace(/(\.cluster)?\.test\.ts$/, '');
      assert.ok(told.includes(name), `${guarantee} does not name ${name}`);
    }
  }
});

test('every guarantee has a control: the same scenario with the guard off is seen to break', () => {
  const hasControl = (file: string) =>
    /control: |\(negative control\)|negative control:/.test(
      readFileSync(path.join(repository, file), 'utf8'),
    );
  const without = Object.entries(guaranteeTests).filter(([, files]) => !files.some(hasControl));
  assert.deepEqual(
    without.map(([guarantee]) => guarantee),
    [],
  );
});
