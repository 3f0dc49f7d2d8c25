import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetAttempt, type KeyStore, keyOfAttempt } from './attempt-keys.ts';

function memory(): KeyStore {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

test('an attempt keeps its key over reloads', () => {
  const store = memory();
  assert.equal(keyOfAttempt(store, 'pay.1', 'a'), keyOfAttempt(store, 'pay.1', 'a'));
});

test('another body, another attempt and a forgotten attempt have keys of their own', () => {
  const store = memory();
  const first = keyOfAttempt(store, 'pay.1', 'a');
  assert.notEqual(keyOfAttempt(store, 'pay.2', 'a'), first);
  const changed = keyOfAttempt(store, 'pay.1', 'b');
  assert.notEqual(changed, first);
  forgetAttempt(store, 'pay.1');
  assert.notEqual(keyOfAttempt(store, 'pay.1', 'b'), changed);
});

test('a key is visible ASCII and long enough not to be guessed', () => {
  assert.match(keyOfAttempt(memory(), 'pay.1', 'a'), /^[0-9a-f]{32}$/);
});

test('storage that is forbidden or holds something else does not stop anybody from paying', () => {
  const forbidden = (): never => {
    throw new Error('SecurityError');
  };
  const store = { getItem: forbidden, setItem: forbidden, removeItem: forbidden };
  assert.match(keyOfAttempt(store, 'pay.1', 'a'), /^[0-9a-f]{32}$/);
  forgetAttempt(store, 'pay.1');
  for (const broken of ['{', '1', '{"key":1,"content":"a"}']) {
    assert.match(keyOfAttempt({ ...memory(), getItem: () => broken }, 'pay.1', 'a'), /^[0-9a-f]{32}$/);
  }
});
