import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { findCrossings, pureRules } from './imports.ts';
import { findOversized } from './size.ts';

async function repositoryWith(
  context: TestContext,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'urr-check-'));
  context.after(() => rm(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), text);
  }
  return directory;
}

const lines = (count: number) => '  step();\n'.repeat(count);

test('a file of more than 300 lines and a function of more than 60 are named', async (context) => {
  const repository = await repositoryWith(context, {
    'tools/long-file.ts': '// line\n'.repeat(301),
    'tools/long-function.ts': `export async function walk(): Promise<void> {\n${lines(60)}}\n`,
    'tools/long-arrow.ts': `export const walk = (step: () => void) => {\n${lines(59)}};\n`,
    'tools/long-method.ts': `class Walker {\n  walk(step: () => void): void {\n${lines(59)}  }\n}\n`,
    'tools/good.ts': `function walk(): void {\n${lines(30)}}\n`,
  });
  const faults = findOversized(repository).filter((fault) => !fault.includes('functions are longer'));
  assert.deepEqual(faults.toSorted(), [
    'tools/long-arrow.ts:1: a function of 61 lines',
    'tools/long-file.ts: 301 lines, at most 300',
    'tools/long-function.ts:1: a function of 62 lines',
    'tools/long-method.ts:2: a function of 61 lines',
  ]);
});

test('too many functions of more than 40 lines are a fault though none is over 60', async (context) => {
  const repository = await repositoryWith(context, {
    'tools/a.ts': `function walk(): void {\n${lines(45)}}\n`,
  });
  assert.deepEqual(findOversized(repository), ['1 of 1 functions are longer than 40 lines']);
});

test('a feature that imports another is named; a domain, a type and a test may cross', async (context) => {
  const repository = await repositoryWith(context, {
    'services/ticket/src/returns/store.ts': "import { hold } from '../holds/holds.ts';\n",
    'services/ticket/src/returns/live.ts': "import { seat } from '../live/seat.ts';\n",
    'services/ticket/src/returns/type.ts': "import type { Hold } from '../holds/holds.ts';\n",
    'services/ticket/src/returns/store.test.ts': "import { hold } from '../holds/holds.ts';\n",
    'services/ticket/src/returns/bank/pay.ts': "import { hold } from '../../holds/holds.ts';\n",
    'services/ticket/src/returns/bank/back.ts': "import { back } from '../back.ts';\n",
    'services/ticket/src/app.ts': "import { hold } from './holds/holds.ts';\n",
  });
  assert.deepEqual(findCrossings(repository), [
    'services/ticket/src/returns/bank/pay.ts: the feature returns imports the feature holds',
    'services/ticket/src/returns/store.ts: the feature returns imports the feature holds',
  ]);
});

test('a service that imports another is named, by its package or by its path', async (context) => {
  const repository = await repositoryWith(context, {
    'services/ticket/src/a.ts': "import { pay } from '@urr/payment-service/pay.ts';\n",
    'services/ticket/src/b.ts': "export { pay } from '../../payment/src/pay.ts';\n",
    'services/ticket/src/c.ts': "import { own } from '@urr/ticket-service/own.ts';\n",
  });
  const what = 'the service ticket imports the service payment; they meet over HTTP or by event';
  assert.deepEqual(findCrossings(repository), [
    `services/ticket/src/a.ts: ${what}`,
    `services/ticket/src/b.ts: ${what}`,
  ]);
});

test('a pure rule that reads or sends something is named', async (context) => {
  const repository = await repositoryWith(context, {
    'services/queue/src/draw/merkle.ts':
      "import { createHash } from 'node:crypto';\nimport { readFile } from 'node:fs/promises';\n",
    'services/queue/src/line/place.ts': "import { sql } from 'kysely';\nimport type { Db } from 'pg';\n",
    'services/queue/src/line/bearable-rate.ts': "import { serve } from '@urr/platform/serve.ts';\n",
  });
  assert.deepEqual(findCrossings(repository), [
    'services/queue/src/draw/merkle.ts: a pure rule imports node:fs/promises',
    'services/queue/src/line/bearable-rate.ts: a pure rule imports @urr/platform/serve.ts',
    'services/queue/src/line/place.ts: a pure rule imports kysely',
  ]);
});

test('every file of pure rules is where it is said to be', () => {
  const repository = path.join(import.meta.dirname, '../..');
  const gone = pureRules.filter((rule) => globSync(`services/${rule}`, { cwd: repository }).length === 0);
  assert.deepEqual(gone, []);
});
