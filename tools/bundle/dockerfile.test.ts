import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { topology, workloadNames } from '@urr/contracts/topology.ts';
import { type KeptName, keptPackages, type TargetName, targets } from './targets.ts';

const repository = path.join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(repository, name), 'utf8');
const instructions = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [name = '', ...words] = line.split(/\s+/);
    return { name, words, text: words.join(' ') };
  });
const having = (name: string) => instructions.filter((instruction) => instruction.name === name);
const finalStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));

test('every workload, the simulator and the migration can be built, at the ports of the topology', () => {
  for (const name of workloadNames) assert.equal(targets[name].port, topology[name].port, name);
  for (const { programs, kept } of Object.values(targets)) {
    assert.ok('main' in programs);
    for (const source of Object.values(programs))
      assert.ok(existsSync(path.join(repository, source)), source);
    for (const name of kept satisfies readonly KeptName[]) assert.ok(name in keptPackages);
  }
});

test('what a bundle takes from the repository is there, and is not kept from the build', () => {
  const ignored = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !/^[#!]/.test(line));
  const isIgnored = (file: string) =>
    ignored.some((pattern) => path.matchesGlob(file, pattern) || path.matchesGlob(file, `${pattern}/**`));
  for (const [name, { files, programs }] of Object.entries(targets)) {
    for (const pattern of [...files, ...Object.values(programs)]) {
      const found = globSync(pattern, { cwd: repository, exclude: ['**/*.test.ts'] });
      assert.notEqual(found.length, 0, `${name}: ${pattern}`);
      for (const file of found) assert.ok(!isIgnored(file), `${name}: ${file}`);
    }
  }
  assert.ok(
    ['.env', '.git/config', 'node_modules/pg/index.js', '.urr/platform/secrets.json'].every(isIgnored),
  );
});

test('packages are installed from every workspace’s own list, and everything copied is there', () => {
  const copied = having('COPY').filter(({ words }) => !words[0]?.startsWith('--from'));
  const sources = copied.flatMap(({ words }) => words.slice(0, -1));
  for (const source of sources) assert.ok(existsSync(path.join(repository, source)), source);
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: readonly string[] };
  const lists = globSync(
    workspaces.map((workspace) => `${workspace}/package.json`),
    { cwd: repository },
  );
  assert.deepEqual(sources.filter((source) => source.includes('/package.json')).sort(), lists.sort());
});

test('the image runs the Node.js of this repository, as a user without rights, and gets its signals', () => {
  const version = read('.node-version').trim();
  const stages = new Set(having('FROM').map(({ words }) => words[2]));
  for (const { words } of having('FROM'))
    assert.ok(words[0] === `node:${version}-alpine` || stages.has(words[0]), words[0]);
  const user = finalStage.findLast(({ name }) => name === 'USER');
  assert.equal(user?.text, 'node');
  const command = finalStage.find(({ name }) => name === 'CMD');
  assert.deepEqual(JSON.parse(command?.text ?? '') as unknown, ['node', 'main.js']);
  assert.match(finalStage.find(({ name }) => name === 'HEALTHCHECK')?.text ?? '', /\/health"$/);
  assert.ok(finalStage.some(({ text }) => /\bHOST=0\.0\.0\.0\b/.test(text)));
});

test('no secret is built in', () => {
  const named = [...having('ARG'), ...having('ENV')].map(({ text }) => text).join('\n');
  assert.doesNotMatch(named, /SECRET|PASSWORD|TOKEN|KEY/);
  assert.deepEqual(
    having('ARG').map(({ text }) => text satisfies string),
    ['SERVICE'],
  );
  assert.deepEqual(having('ADD'), []);
});

const names: readonly TargetName[] = ['frontend', 'toss-simulator', 'migrate'];
test('a program that ends has no port, so that its image’s health check leaves it alone', () => {
  assert.deepEqual(
    names.filter((name) => targets[name].port === undefined),
    ['migrate'],
  );
});
