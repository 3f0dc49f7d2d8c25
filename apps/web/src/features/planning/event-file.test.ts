import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { EventInput } from '@urr/contracts/catalog-shapes.ts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { exampleEventFile, readEventFile } from './event-file.ts';

test('the shipped events are read, with what can be told of them', async () => {
  const folder = path.join(import.meta.dirname, '../../../../../data/demo');
  const hall = readEventFile(await readFile(path.join(folder, 'moonrise-laundry.json'), 'utf8'));
  assert.ok(hall.kind === 'read');
  assert.deepEqual(
    [hall.facts.slug, hall.facts.hall, hall.facts.pools],
    ['moonrise-laundry', 'small-theatre', undefined],
  );
  const standing = readEventFile(await readFile(path.join(folder, 'surf-static-low-tide.json'), 'utf8'));
  assert.ok(standing.kind === 'read' && standing.facts.pools === 2);
});

test('the example is an event', () => {
  const example = readEventFile(exampleEventFile());
  assert.ok(example.kind === 'read' && Value.Check(EventInput, example.body));
});

test('what is not an object of JSON is told apart from what is too large', () => {
  for (const text of ['', '{', '[]', 'null', '1']) assert.equal(readEventFile(text).kind, 'not-json', text);
  assert.equal(readEventFile(JSON.stringify({ slug: 'x'.repeat(70_000) })).kind, 'too-large');
  assert.equal(readEventFile('\uFEFF{}').kind, 'read');
});

test('any JSON is read without a fault', () => {
  fc.assert(fc.property(fc.json(), (text) => void readEventFile(text)));
});
