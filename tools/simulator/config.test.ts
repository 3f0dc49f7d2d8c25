import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfig } from './config.ts';

const keys = { SIMULATOR_CLIENT_KEY: 'test_gck_abcd', SIMULATOR_SECRET_KEY: 'test_gsk_abcd' };

describe('configuration', () => {
  it('needs no more than a key pair', () => {
    const config = loadConfig(keys);
    assert.deepEqual([config.host, config.port, config.slowMs], ['127.0.0.1', 3010, 59_000]);
    assert.equal(config.publicUrl, 'http://127.0.0.1:3010');
    assert.deepEqual(
      config.keyPairs.map(({ family, mode }) => [family, mode]),
      [['widget', 'test']],
    );
  });

  it('accepts several pairs, matched by their place', () => {
    const config = loadConfig({
      SIMULATOR_CLIENT_KEY: 'test_gck_abcd, live_ck_efgh',
      SIMULATOR_SECRET_KEY: 'test_gsk_abcd, live_sk_efgh',
    });
    assert.deepEqual(
      config.keyPairs.map(({ family, mode }) => [family, mode]),
      [
        ['widget', 'test'],
        ['api', 'live'],
      ],
    );
  });

  it('names all its faults at once', () => {
    const wrong = {
      PORT: 'http',
      SIMULATOR_WEBHOOK_URL: 'ftp://shop',
      SIMULATOR_WEBHOOK_SCALE: '-1',
      LOG_LEVEL: 'loud',
      ...keys,
      SIMULATOR_SECRET_KEY: 'test_sk_of_the_other_family',
    };
    assert.throws(
      () => loadConfig(wrong),
      (error: Error) =>
        ['PORT', 'WEBHOOK_URL', 'WEBHOOK_SCALE', 'LOG_LEVEL', 'different families'].every((fault) =>
          error.message.includes(fault),
        ),
    );
  });

  it('refuses missing keys, lists of different lengths and a key listed twice', () => {
    assert.throws(() => loadConfig({}), /CLIENT_KEY: required[\s\S]*SECRET_KEY: required/);
    assert.throws(
      () => loadConfig({ ...keys, SIMULATOR_CLIENT_KEY: 'test_gck_a123,test_gck_b123' }),
      /same length/,
    );
    const twice = {
      SIMULATOR_CLIENT_KEY: 'test_gck_a123,test_gck_a123',
      SIMULATOR_SECRET_KEY: 'test_gsk_a123,test_gsk_b123',
    };
    assert.throws(() => loadConfig(twice), /listed twice/);
  });
});
