import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { spawnProcess, type SpawnedProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';

const pinned = `node-${process.platform}-${process.arch}`;

// Stands in for npm: counts its runs and installs a "pinned Node.js" that says so. FAKE_NPM=fail makes it fail, slow never end.
const FAKE_NPM = `
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
appendFileSync('npm-runs.log', process.argv.slice(2).join(' ') + '\\n');
if (process.env.FAKE_NPM === 'fail') process.exit(1);
if (process.env.FAKE_NPM === 'slow') {
  console.log('installing slowly');
  await new Promise((resolve) => setTimeout(resolve, 30_000));
}
rmSync('node_modules', { recursive: true, force: true });
await new Promise((resolve) => setTimeout(resolve, 300));
mkdirSync('node_modules/${pinned}/bin', { recursive: true });
writeFileSync('node_modules/${pinned}/bin/node', '#!/bin/sh\\necho pinned\\nexec "${process.execPath}" "$@"\\n', { mode: 0o755 });
`;

let root: string;
let project: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'urr-bootstrap-'));
});

after(() => rm(root, { recursive: true }));

beforeEach(async () => {
  project = await mkdtemp(join(root, 'clone-'));
  await mkdir(join(project, 'tools'));
  await mkdir(join(project, 'npm'));
  await copyFile(join(import.meta.dirname, 'bootstrap.mjs'), join(project, 'tools', 'bootstrap.mjs'));
  await writeFile(join(project, 'npm', 'npm-cli.js'), FAKE_NPM);
  await writeFile(join(project, 'npm', 'package.json'), '{"type":"module"}');
  await writeFile(join(project, 'package.json'), '{"name":"mini","version":"1.0.0"}');
  await lockPackages({});
  await writeFile(
    join(project, 'hello.ts'),
    'console.log("hello", process.argv.slice(2).join("+")); process.exitCode = 7;',
  );
});

async function lockPackages(packages: Record<string, unknown>): Promise<void> {
  const lock = {
    name: 'mini',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'mini', version: '1.0.0' }, ...packages },
  };
  await writeFile(join(project, 'package-lock.json'), JSON.stringify(lock));
}

function start(
  script: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<SpawnedProcess> {
  const npm = { npm_execpath: join(project, 'npm', 'npm-cli.js') };
  return spawnProcess(process.execPath, [join(project, 'tools', 'bootstrap.mjs'), script, ...args], {
    env: { ...npm, ...env },
  });
}

async function npmRuns(): Promise<number> {
  const log = await readFile(join(project, 'npm-runs.log'), 'utf8').catch(() => '');
  return log.split('\n').length - 1;
}

async function installFirst(): Promise<void> {
  await (
    await start('hello.ts')
  ).exited;
  assert.equal(await npmRuns(), 1);
}

test('a fresh clone is installed, told so, and the script runs with the pinned Node.js', async () => {
  const run = await start('hello.ts', ['a', 'b c']);
  await run.waitForOutput('hello a+b c');
  assert.deepEqual(await run.exited, { code: 7, signal: null });
  assert.match(run.output(), /First start: installing the packages \(npm ci\)\.\npinned\nhello/);
  const arguments_ = await readFile(join(project, 'npm-runs.log'), 'utf8');
  assert.match(arguments_, /^ci --include=optional --include=dev .*--loglevel=error/);
});

test('the second start does not call npm', async () => {
  await installFirst();
  const run = await start('hello.ts');
  await run.waitForOutput('hello');
  assert.equal(await npmRuns(), 1);
  assert.doesNotMatch(run.output(), /installing/);
});

test('a changed lock file is installed', async () => {
  await installFirst();
  await lockPackages({ 'node_modules/new': { version: '1.0.0' } });
  const run = await start('hello.ts');
  await run.waitForOutput('hello');
  assert.match(run.output(), /The packages have changed|First start/);
  assert.equal(await npmRuns(), 2);
});

test('packages installed by hand are taken as they are when they are those of the lock file', async () => {
  const packages = { 'node_modules/one': { version: '1.2.3' } };
  const foreign = {
    'node_modules/other-system': { version: '1.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] },
  };
  await lockPackages({ ...packages, ...foreign });
  await mkdir(join(project, 'node_modules'));
  await writeFile(join(project, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  await (await start('hello.ts')).waitForOutput('hello');
  assert.equal(await npmRuns(), 0);
});

test('two starts at once install once, and both run', async () => {
  const runs = await Promise.all([start('hello.ts'), start('hello.ts'), start('hello.ts')]);
  for (const run of runs) assert.equal((await run.exited).code, 7, run.output());
  assert.equal(await npmRuns(), 1);
  assert.ok(runs.some((run) => run.output().includes('Another start is installing')));
});

test('an installation that was killed does not block the next start', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await mkdir(join(project, '.urr'));
  await writeFile(join(project, '.urr', 'installing'), String(pid));
  const runs = await Promise.all([start('hello.ts'), start('hello.ts')]);
  for (const run of runs) assert.equal((await run.exited).code, 7, run.output());
  assert.equal(await npmRuns(), 1);
});

test('a failed installation says so, ends with 1, and is tried again', async () => {
  const failed = await start('hello.ts', [], { FAKE_NPM: 'fail' });
  await failed.waitForOutput('could not be installed');
  assert.equal((await failed.exited).code, 1);
  await (await start('hello.ts')).waitForOutput('hello');
});

test(
  'an installation that is stopped is not blamed on the registry',
  { skip: process.platform === 'win32' },
  async () => {
    const stopped = await start('hello.ts', [], { FAKE_NPM: 'slow' });
    await stopped.waitForOutput('installing slowly');
    process.kill(stopped.pid, 'SIGTERM');
    assert.equal((await stopped.exited).code, 1);
    assert.match(stopped.output(), /Stopped while the packages were installed/);
    assert.doesNotMatch(stopped.output(), /registry/);
    await (await start('hello.ts')).waitForOutput('hello');
  },
);

test('without a pinned Node.js for the system a recent one of the user runs the script', async () => {
  await installFirst();
  await rm(join(project, 'node_modules', pinned), { recursive: true });
  const run = await start('hello.ts');
  await run.waitForOutput('hello');
  assert.doesNotMatch(run.output(), /pinned/);
});

test(
  'SIGTERM and SIGINT reach the script once, and its end is the end',
  { skip: process.platform === 'win32' },
  async () => {
    await installFirst();
    const script = `let n = 0;
    for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => { n += 1; console.log(name, n); });
    process.on('SIGINT', () => setTimeout(() => process.exit(n), 200));
    setInterval(() => {}, 1000); console.log('ready');`;
    await writeFile(join(project, 'wait.ts'), script);
    // A session of its own, as under a supervisor: no terminal has sent the signal to the script already.
    const run = await spawnProcess('setsid', [
      process.execPath,
      join(project, 'tools', 'bootstrap.mjs'),
      'wait.ts',
    ]);
    await run.waitForOutput('ready');
    process.kill(run.pid, 'SIGTERM');
    await run.waitForOutput('SIGTERM 1');
    process.kill(run.pid, 'SIGINT');
    assert.deepEqual(await run.exited, { code: 2, signal: null });
  },
);

test(
  'the script is told to stop when npm is: npm ends its shell, which tells nobody',
  { skip: process.platform === 'win32' },
  async () => {
    await installFirst();
    await writeFile(
      join(project, 'wait.ts'),
      `process.on('SIGTERM', () => { console.log('told'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`,
    );
    const command = `"${process.execPath}" "${join(project, 'tools', 'bootstrap.mjs')}" wait.ts; true`;
    const shell = await spawnProcess('sh', ['-c', command], { env: { npm_lifecycle_event: 'start' } });
    await shell.waitForOutput('ready');
    await shell.kill('SIGTERM');
    await waitUntil(() => shell.output().includes('told'));
  },
);

test('a script killed by a signal ends the start with that signal', async () => {
  await installFirst();
  await writeFile(join(project, 'die.ts'), `process.kill(process.pid, 'SIGKILL');`);
  assert.deepEqual(await (await start('die.ts')).exited, { code: null, signal: 'SIGKILL' });
});

test('what stands beside a script as compile-process.ts runs before it once, with the same options', async () => {
  await installFirst();
  await writeFile(
    join(project, 'compile-process.ts'),
    `import { appendFileSync } from 'node:fs';
    appendFileSync(import.meta.dirname + '/compiled.log', process.execArgv.join(' ') + '\\n');`,
  );
  const cache = { NODE_COMPILE_CACHE: join(project, 'compiled') };
  for (let time = 0; time < 2; time += 1)
    assert.equal((await (await start('--no-deprecation', ['hello.ts'], cache)).exited).code, 7);
  assert.equal(await readFile(join(project, 'compiled.log'), 'utf8'), '--no-deprecation\n');
});

test('the real npm installs an empty project with install scripts off', async () => {
  const run = await start('hello.ts', [], { npm_execpath: '', npm_config_ignore_scripts: 'true' });
  await run.waitForOutput('hello', { timeoutMs: 30_000 });
});
