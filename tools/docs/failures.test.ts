import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { topology } from '@urr/contracts/topology.ts';
import { cannotBe, type FailureCell, readFailures } from './failures-document.ts';

const repository = path.join(import.meta.dirname, '../..');
const page = readFileSync(path.join(repository, 'docs/failures.md'), 'utf8');
const cells = readFailures(page);
const failures = ['down', 'slow', 'wrong', 'stale'];
const outside = [
  'PostgreSQL',
  'Redis, as the line store',
  'Redis, as shared rate limits',
  'Redis, as seat news',
  'Kafka',
  'SQS',
  'S3, or the image folder',
  'SMTP',
  'Toss Payments',
  "Google's keys",
  'The clock',
];

/** Every call between two services that exist, as the page names them. */
function callsBetweenServices(): string[] {
  const calls = Object.entries(topology).flatMap(([name, { calledBy }]) =>
    calledBy === 'anyone'
      ? []
      : calledBy.map((caller) => (caller === 'gateway-service' ? 'any service' : name) + `, for ${caller}`),
  );
  return [...new Set(calls)].filter((call) => existsSync(path.join(repository, folderOf(call))));
}

function folderOf(call: string): string {
  return `services/${(call.split(', for ')[1] ?? '').replace('-service', '')}`;
}

function faultsOf(cell: FailureCell): string[] {
  const where = `${cell.dependency}, ${cell.failure}`;
  if (cannotBe(cell)) return [];
  const faults = cell.texts.every((text) => text.length > 1) ? [] : [`${where}: a column is empty`];
  if (cell.tests.length === 0) faults.push(`${where}: no test`);
  for (const { file, sentence } of cell.tests) {
    const full = path.join(repository, file);
    if (file === '' || !existsSync(full)) faults.push(`${where}: there is no ${file}`);
    else if (!isNamed(readFileSync(full, 'utf8'), sentence)) faults.push(`${where}: no test “${sentence}”`);
  }
  return faults;
}

function isNamed(source: string, sentence: string): boolean {
  return ["'", '`', '"'].some((quote) => source.includes(quote + sentence + quote));
}

test('each dependency is told of down, slow, wrong and stale, and none is left out', () => {
  const byDependency = Map.groupBy(cells, ({ dependency }) => dependency);
  assert.deepEqual([...byDependency.keys()].toSorted(), [...outside, ...callsBetweenServices()].toSorted());
  for (const [dependency, mine] of byDependency)
    assert.deepEqual(
      mine.map(({ failure }) => failure),
      failures,
      dependency,
    );
});

test('every cell names tests that exist, or says why it cannot be', () => {
  assert.deepEqual(cells.flatMap(faultsOf), []);
});

test('a cell without a test, or with one that is not there, would be seen', () => {
  const [cell] = cells;
  assert.ok(cell !== undefined);
  assert.match(String(faultsOf({ ...cell, tests: [] })), /no test/);
  assert.match(
    String(faultsOf({ ...cell, tests: [{ file: 'none.test.ts', sentence: 'x' }] })),
    /there is no/,
  );
  const [named] = cell.tests;
  const other = { file: named?.file ?? '', sentence: 'a sentence that no test has' };
  assert.match(String(faultsOf({ ...cell, tests: [other] })), /no test “a sentence/);
  assert.throws(() => readFailures(page.replace('fans see', 'they see')), /has the columns/);
});
