import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import { credentialFaults, refusedFields, signInFaults } from './credentials.ts';

test('a mail and a long password are fine', () => {
  assert.deepEqual(credentialFaults({ email: ' fan@example.kr ', password: 'correct horse', name: '' }), {});
});

test('every fault is told of its field at once', () => {
  assert.deepEqual(credentialFaults({ email: 'fan@example', password: 'short', name: 'n'.repeat(81) }), {
    email: 'notAnAddress',
    name: 'tooLong',
    password: 'tooShort',
  });
  assert.deepEqual(credentialFaults({ currentPassword: '', newPassword: 'x'.repeat(201) }), {
    currentPassword: 'required',
    newPassword: 'tooLong',
  });
});

test('signing in asks for a password of any length', () => {
  assert.deepEqual(signInFaults({ email: 'fan@example.kr', password: 'old' }), {});
  assert.deepEqual(signInFaults({ email: '', password: '' }), { email: 'required', password: 'required' });
});

test('a refusal is shown at the fields it names', () => {
  const data = {
    errors: [
      { path: 'body/email', message: 'x' },
      { path: 'body/newPassword', message: 'y' },
      { path: 'body', message: 'z' },
    ],
  };
  assert.deepEqual(refusedFields(problemDocument('invalid-input', { data })), {
    email: 'notAnAddress',
    newPassword: 'notAccepted',
  });
  assert.deepEqual(refusedFields(problemDocument('email-taken')), { email: 'taken' });
  assert.deepEqual(refusedFields(problemDocument('overloaded')), {});
});
