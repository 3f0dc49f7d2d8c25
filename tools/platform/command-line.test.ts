import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';

const repository = path.join(import.meta.dirname, '../..');
const programs = [
  'tools/start',
  'tools/import',
  'tools/verify-draw',
  'tools/admin',
  'tools/dlq',
  'tools/guarantees',
  'load/drill',
  'load/bench',
];

async function run(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = await spawnProcess(process.execPath, [path.join(repository, program, 'main.ts'), ...args], {
    env,
  });
  const { code } = await child.exited;
  return { code, output: child.output() };
}

test('every program prints its usage when asked to, and ends well', async () => {
  for (const program of programs) {
    const { code, output } = await run(program, ['--help']);
    assert.equal(code, 0, `${program}: ${output}`);
    assert.match(output, /^Usage: npm /, program);
  }
});

test('every program answers an option it does not know with one line and its usage', async () => {
  for (const program of programs) {
    const { code, output } = await run(program, ['--nonsense']);
    assert.equal(code, 1, `${program}: ${output}`);
    assert.match(output, /^Unknown option '--nonsense'\.\n\nUsage: npm /, program);
    assert.doesNotMatch(output, /^\s+at /m, program);
  }
});

test('an option that npm took for itself is not passed over', async () => {
  const { code, output } = await run('tools/start', [], { npm_config_reset: 'true' });
  assert.equal(code, 1);
  assert.match(output, /^npm took --reset for itself: options stand after "--"\.\n\nUsage: npm start /);
});

test('what stands in an .npmrc is not taken for an option', async () => {
  const { output } = await run('tools/admin', ['create', '--email', 'me'], {
    npm_config_email: 'me@b.example',
  });
  assert.match(output, /^--email must be an address/);
});

test('a bad value is named in one line, before anything is begun', async () => {
  const faults: [string, string[], RegExp][] = [
    [
      'tools/import',
      ['halls', 'x.csv'],
      /^Missing: --email and URR_PASSWORD \(or URR_ACCESS_TOKEN\)\.\n\nUsage/,
    ],
    ['tools/import', ['events', 'x.json', '--dry-run'], /^--dry-run is for halls\./],
    ['tools/verify-draw', [], /^Give one draw/],
    ['tools/verify-draw', ['x.json', '--index', 'one'], /^--index must be/],
    ['tools/admin', ['create', '--email', 'me'], /^--email must be an address, not "me"\./],
    ['tools/dlq', ['replay', '--event', '7'], /^--event must be/],
    ['load/drill', ['--target', 'here'], /^--target must be an address/],
    ['load/bench', ['--rounds', '0'], /^--rounds must be a whole number/],
  ];
  for (const [program, args, expected] of faults) {
    const { code, output } = await run(program, args);
    assert.equal(code, 1, program);
    assert.match(output, expected);
  }
});

test('an import says which gateway it could not reach, and which PORT_OFFSET is none', async () => {
  const files = ['halls', path.join(repository, 'data/halls/small-theatre.csv'), '--email', 'a@b.example'];
  const away = await run('tools/import', [...files, '--url', 'http://127.0.0.1:1'], { URR_PASSWORD: 'x' });
  assert.match(away.output, /^Could not reach http:\/\/127\.0\.0\.1:1\./);
  assert.equal(away.code, 1);
  const wrong = await run('tools/import', files, { URR_PASSWORD: 'x', PORT_OFFSET: 'ten' });
  assert.match(wrong.output, /^PORT_OFFSET must be a whole number/);
});
