import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { asyncApiDocument } from '@urr/contracts/asyncapi.ts';
import { domainEvents } from '@urr/contracts/domain-events.ts';
import { topics } from '@urr/contracts/topology.ts';
import { asyncApiText } from './asyncapi-text.ts';

interface Document {
  readonly channels: Record<
    string,
    { readonly address: string; readonly messages: Record<string, { $ref: string }> }
  >;
  readonly components: { readonly messages: Record<string, { readonly payload: Record<string, unknown> }> };
}

const document = asyncApiDocument() as unknown as Document;

test('docs/asyncapi.json says what the contracts say', async () => {
  const written = await readFile(new URL('../../docs/asyncapi.json', import.meta.url), 'utf8');
  assert.equal(written, asyncApiText(), 'run: npm run docs');
});

test('every event is a message of its topic and of no other, with its own data', () => {
  for (const { type, topic, data } of domainEvents) {
    const where = topics.filter((name) => type in (document.channels[name]?.messages ?? {}));
    assert.deepEqual(where, [topic], type);
    const payload = document.components.messages[type]?.payload as { properties: Record<string, unknown> };
    assert.deepEqual(payload.properties['data'], JSON.parse(JSON.stringify(data)));
    assert.deepEqual(payload.properties['type'], { const: type });
  }
});

test('every reference leads somewhere, and every topic has its dead letters', () => {
  for (const channel of Object.values(document.channels))
    for (const { $ref } of Object.values(channel.messages))
      assert.ok($ref.replace('#/components/messages/', '') in document.components.messages, $ref);
  for (const topic of topics) assert.equal(document.channels[`${topic}.dlq`]?.address, `${topic}.dlq`);
});

test('every type ends in its version', () => {
  for (const { type } of domainEvents) assert.match(type, /^urr(\.[a-z-]+)+\.v\d+$/);
});
