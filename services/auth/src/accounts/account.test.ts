import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameFrom } from './account.ts';

test('a name that somebody else vouches for is taken only if it can be seen', () => {
  assert.equal(nameFrom(' 김 미나 ', 'mina@example.com'), '김 미나');
  for (const name of [undefined, '', '  ', '\u3164', '\u202egpj.exe', 'a\u0000b', '\u200b'])
    assert.equal(nameFrom(name, 'mina@example.com'), 'mina', JSON.stringify(name));
});
