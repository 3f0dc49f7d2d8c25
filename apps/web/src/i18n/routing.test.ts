import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import { NextRequest } from 'next/server.js';
import { routing } from './routing.ts';

// next-intl names this file as bundlers find it.
registerHooks({
  resolve: (name, context, resolve) => resolve(name === 'next/server' ? 'next/server.js' : name, context),
});
const { default: createLocaleRouting } = await import('next-intl/middleware');

test('no answer names a page at the host a reader claims: pages name their own addresses', () => {
  const request = new NextRequest('http://evil.example/ko', { headers: { host: 'evil.example' } });
  const { status, headers } = createLocaleRouting(routing)(request);
  assert.deepEqual([status, headers.get('link')], [200, null]);
});
