import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { lineStoreConformance } from '../line-store-conformance.ts';
import type { LineStore } from '../line-store.ts';
import { createStoreWorld } from './line-store.fixture.ts';

void describe('the line in one Redis', { skip: redisSkip() }, () => {
  let store: LineStore | undefined;
  let close: () => Promise<void> = async () => {};
  before(async () => {
    const redis = await startRedis();
    const world = await createStoreWorld(redis.environment);
    ({ store } = await world.replica());
    close = async () => {
      await world.close();
      await redis.stop();
    };
  });
  after(() => close());

  lineStoreConformance(() => store ?? assert.fail('not ready'));
});
