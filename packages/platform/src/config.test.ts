import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Type } from 'typebox';
import { Base64SecretVariable, ConfigFault, readConfig } from './config.ts';
import { portVariable, urlVariable } from './service-variables.ts';

const schema = Type.Object({
  PORT: portVariable(3002),
  TICKET_SERVICE_URL: urlVariable(),
  JWT_SECRET: Base64SecretVariable({ minBytes: 32 }),
  COOKIE_SECURE: Type.Boolean({ default: true }),
});
const secret = Buffer.alloc(32, 1).toString('base64');

test('values are converted, defaults filled in and the result is frozen', () => {
  const config = readConfig(schema, {
    TICKET_SERVICE_URL: 'http://ticket:3002',
    JWT_SECRET: secret,
    COOKIE_SECURE: 'false',
  });
  assert.equal(config.PORT, 3002);
  assert.equal(config.COOKIE_SECURE, false);
  assert.equal(config.JWT_SECRET.reveal(), secret);
  assert.ok(Object.isFrozen(config));
});

test('every fault is told at once, and none of them shows a secret', () => {
  const fault = (() => {
    try {
      readConfig(schema, { PORT: 'x', TICKET_SERVICE_URL: 'ticket', JWT_SECRET: 'short' });
    } catch (error) {
      return error;
    }
    return undefined;
  })();
  assert.ok(fault instanceof ConfigFault);
  for (const name of ['PORT', 'TICKET_SERVICE_URL', 'JWT_SECRET'])
    assert.match(fault.message, new RegExp(name));
  assert.doesNotMatch(fault.message, /short/);
});

test('a base64 secret is as long as its bytes, not as its padding', () => {
  const withSecret = (value: string) =>
    readConfig(schema, { TICKET_SERVICE_URL: 'http://t:1', JWT_SECRET: value });
  assert.throws(() => withSecret(`A${'='.repeat(42)}`), /JWT_SECRET/);
  assert.throws(() => withSecret(Buffer.alloc(31, 1).toString('base64')), /JWT_SECRET/);
  assert.equal(withSecret(Buffer.alloc(32, 1).toString('base64url')).JWT_SECRET.reveal().length, 43);
});

test('a missing variable is named', () => {
  assert.throws(() => readConfig(schema, {}), /TICKET_SERVICE_URL, JWT_SECRET must be set/);
});

test('a secret shows itself in no dump', () => {
  const config = readConfig(schema, { TICKET_SERVICE_URL: 'http://t:1', JWT_SECRET: secret });
  assert.doesNotMatch(
    inspect(config) + JSON.stringify(config) + String(config.JWT_SECRET),
    new RegExp(secret.slice(0, 8)),
  );
});
