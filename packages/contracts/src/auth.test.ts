import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { register } from './auth.ts';

const body = Compile(register.body ?? Type.Never());
const accepts = (email: string) => body.Check({ email, password: 'long enough' });

test('mails people have are taken, in any script', () => {
  for (const email of ['a@b.co', ' First.Last+tag@mail.example.kr ', '이름@예시.한국'])
    assert.ok(accepts(email), email);
});

test('a mail that only looks like another one is refused', () => {
  for (const email of ['a\u200bb@c.kr', 'a@c\u202e.kr', 'a\ufeff@c.kr', 'a\u00adb@c.kr', 'a@b.c\u2066r']) {
    assert.equal(accepts(email), false, JSON.stringify(email));
  }
});

test('what is no mail is refused', () => {
  for (const email of ['', 'a', 'a@b', '@b.co', 'a b@c.kr', 'a@b.co, c@d.co', `${'a'.repeat(250)}@b.co`]) {
    assert.equal(accepts(email), false, email);
  }
});
