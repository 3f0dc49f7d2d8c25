import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { configurationDocument } from './configuration-document.ts';
import { serviceSchemas } from './service-schemas.ts';

test('docs/configuration.md says what the services read', async () => {
  const written = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  assert.equal(written, configurationDocument(), 'run: npm run docs');
});

test('the document names every variable of every service', () => {
  const document = configurationDocument();
  for (const schema of Object.values(serviceSchemas))
    for (const name of Object.keys(schema.properties)) assert.ok(document.includes(`\`${name}\``), name);
});

test('no secret has a default', () => {
  for (const [service, schema] of Object.entries(serviceSchemas)) {
    for (const [name, property] of Object.entries(schema.properties))
      assert.ok(!('x-secret' in property && 'default' in property), `${service} ${name}`);
  }
});
