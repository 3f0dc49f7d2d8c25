import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { problemTable } from '@urr/contracts/problem-table.ts';
import type { ProblemDefinition } from '@urr/contracts/problem-definition.ts';
import { problemsDocument } from './problems-document.ts';

test('docs/problems.md says what the table says', async () => {
  const written = await readFile(new URL('../../docs/problems.md', import.meta.url), 'utf8');
  assert.equal(written, problemsDocument(), 'run: npm run docs');
});

test('every problem has a text and a next step in both languages', () => {
  for (const [code, definition] of Object.entries(problemTable as Record<string, ProblemDefinition>)) {
    for (const text of [definition.title, definition.action]) {
      assert.match(text.ko, /[가-힣]/, code);
      assert.match(text.en, /^[A-Z]/, code);
    }
    assert.ok(definition.status >= 400 && definition.status < 600, code);
  }
});
