import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathInLocale, pathWithNext, safeNextPath } from './next-path.ts';

test('a path of our own site is followed, with its query', () => {
  for (const path of ['/ko/tickets', '/en/events/moonrise?a=1&b=%2F', '/ko/events/x#seats', '/']) {
    assert.equal(safeNextPath(path, '/ko'), path);
  }
});

test('nothing that leads to another site is followed', () => {
  const traps = [
    undefined,
    null,
    '',
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/ko/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    ' //evil.example',
    'tickets',
    '@evil.example',
    'http:evil.example',
    '/\u0000/evil.example',
  ];
  for (const trap of traps) assert.equal(safeNextPath(trap, '/ko'), '/ko', JSON.stringify(trap));
});

test('a path that stays ours on our origin stays there in a browser', () => {
  const origin = 'https://tickets.example';
  for (const path of ['/ko/%2F%2Fevil.example', '/ko/@evil.example', '/ko?next=//evil.example']) {
    assert.equal(new URL(safeNextPath(path, '/'), origin).origin, origin);
  }
});

test('what the API answers is no page to come back to', () => {
  assert.equal(safeNextPath('/api/v1/auth/me', '/ko'), '/ko');
  assert.equal(safeNextPath('/docs', '/ko'), '/ko');
  assert.equal(safeNextPath('/docs-of-mine', '/ko'), '/docs-of-mine');
});

test('the way back survives being part of an address', () => {
  const path = pathWithNext('/login', '/ko/events/x?a=1&b=2#top');
  const next = new URL(path, 'http://localhost').searchParams.get('next');
  assert.equal(safeNextPath(next, '/'), '/ko/events/x?a=1&b=2#top');
});

test('who changes the language on the way comes back in that language', () => {
  assert.equal(pathInLocale('/ko/tickets?a=1', 'en'), '/en/tickets?a=1');
  assert.equal(pathInLocale('/ko', 'en'), '/en');
  assert.equal(pathInLocale('/ko?x=/ko', 'en'), '/en?x=/ko');
  assert.equal(pathInLocale('/korea', 'en'), '/korea');
  assert.equal(pathInLocale('/', 'en'), '/');
});
