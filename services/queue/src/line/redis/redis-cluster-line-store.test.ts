import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startRedisCluster, type TestRedisCluster } from '@urr/testkit/redis-cluster.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { accounts, joinMany, opened, saleOf } from '../conformance/line-under-test.ts';
import { lineStoreConformance } from '../line-store-conformance.ts';
import type { LineStore } from '../line-store.ts';
import { lineKeys } from './line-keys.ts';
import { createStoreWorld, type StoreWorld } from './line-store.fixture.ts';

void describe('the line in a Redis Cluster of six nodes', { skip: redisSkip() }, () => {
  let cluster: TestRedisCluster;
  let world: StoreWorld;
  let stores: [LineStore, LineStore] | undefined;
  before(async () => {
    cluster = await startRedisCluster();
    world = await createStoreWorld(cluster.environment);
    stores = [(await world.replica()).store, (await world.replica()).store];
  });
  after(async () => {
    await world.close();
    await cluster.stop();
  });
  const both = () => stores ?? assert.fail('not ready');

  lineStoreConformance(() => both()[0]);

  void test('a master that dies while people join takes no acknowledged place with it', async () => {
    const [one, other] = both();
    const eventId = await opened(one, { capacity: 500, threshold: 1000, ratePerSecond: 5000 });
    const acknowledged = new Map<string, number>();
    const crowd = async (store: LineStore) => {
      for (let group = 0; group < 40; group += 1)
        for (const { accountId, arrival } of await joinMany(store, eventId, accounts(5)))
          acknowledged.set(accountId, arrival);
    };
    const crowds = [crowd(one), crowd(other)];
    while (acknowledged.size < 50) await new Promise((resolve) => setTimeout(resolve, 1));
    const master = await cluster.masterOf(lineKeys(eventId, 0)[0]);
    await cluster.kill(master);
    await Promise.all(crowds);
    assert.equal(acknowledged.size, 400);
    assert.equal(new Set(acknowledged.values()).size, 400, 'no arrival is given twice');
    const found = await other.findPlaces(eventId, [...acknowledged.keys()]);
    assert.deepEqual(
      found.map((place) => place?.arrival),
      [...acknowledged.values()],
    );
    assert.equal((await saleOf(one, eventId)).issued, 400);
  });

  void describe('after the failover', () => {
    lineStoreConformance(() => both()[1]);
  });
});
