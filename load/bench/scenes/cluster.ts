import { inTransaction, openDatabase } from '@urr/platform/database.ts';
import type { EventHandler } from '@urr/platform/event-bus.ts';
import { firstTime } from '@urr/platform/inbox.ts';
import { createLogger } from '@urr/platform/logger.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import { Secret } from '@urr/platform/secret.ts';
import { startKafka } from '@urr/testkit/kafka-server.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { startLoadClient } from '../client/load-client.ts';
import { openLineOnRedis } from '../cluster/line-on-redis.ts';
import { measureEvents } from '../cluster/measure-events.ts';
import { limitProcessor } from '../cluster/processor-share.ts';
import { measureCommand } from '../cluster/redis-benchmark.ts';
import { spreadOf } from '../measure/spread.ts';
import { makeDatabase } from '../stage/database.ts';
import type { Stage } from '../stage/stage.ts';
import { startReplicas } from '../stage/ticket.ts';
import { holdPlan } from './hold.ts';
import type { Figure, Scene } from './scene.ts';

/** Joins and claims on Redis, each against one plain command of the same node. */
export const redisScene: Scene = {
  keys: ['redisJoinVsHset', 'redisClaimVsZadd'],
  play: async (stage, keys, report) => {
    const redis = await startRedis();
    stage.cleanup.add('Redis', () => redis.stop());
    const database = await makeDatabase(stage, 'queue_redis', 'queue');
    const line = await openLineOnRedis(redis.environment, database.url);
    stage.cleanup.add('the line store', () => line.close());
    const reset = async () => void (await database.client.query('CHECKPOINT'));
    if (keys.includes('redisJoinVsHset'))
      report(
        'redisJoinVsHset',
        await against(
          stage,
          () => measureCommand(redis.port, 'HSET'),
          reset,
          () => line.measureJoins(),
        ),
      );
    if (keys.includes('redisClaimVsZadd'))
      report(
        'redisClaimVsZadd',
        await against(
          stage,
          () => measureCommand(redis.port, 'ZADD'),
          reset,
          () => line.measureClaims(),
        ),
      );
  },
};

async function against(
  stage: Stage,
  measureReference: () => Promise<number>,
  reset: () => Promise<void>,
  measure: () => Promise<number>,
): Promise<Figure> {
  const measured: number[] = [];
  const references: number[] = [];
  // The first round warms both up.
  for (let round = 0; round <= stage.options.rounds; round += 1) {
    await reset();
    measured.push(await measure());
    references.push(await measureReference());
  }
  const ratios = measured.slice(1).map((value, index) => value / (references[index + 1] ?? Number.NaN));
  const rate = (values: readonly number[]) => Math.round(spreadOf(values.slice(1)).median);
  const details = { perSecond: rate(measured), commandPerSecond: rate(references), ratios };
  return { kind: 'value', value: spreadOf(ratios).median, details };
}

// As consumers do: the event's id and what it changes, in one commit.
async function openDigest(stage: Stage, url: string): Promise<EventHandler> {
  const logger = createLogger('bench', 'warn');
  const database = openDatabase<PlatformTables>({ url: new Secret(url), poolSize: 12, logger });
  stage.cleanup.add('the consumer', () => database.close());
  return async (envelope) => {
    await inTransaction(database.db, (transaction) => firstTime(transaction, 'bench', envelope.id));
  };
}

const eventsMeasured = { events: 40_000, steadyPerSecond: 1_000, steadySeconds: 5 } as const;

/** Events from an outbox to a consumer that has a transaction of its own for each, through three brokers. */
export const kafkaScene: Scene = {
  keys: ['kafkaEventsPerSecond'],
  play: async (stage, _keys, report) => {
    const kafka = await startKafka({ nodes: 3 });
    stage.cleanup.add('Kafka', () => kafka.stop());
    const database = await makeDatabase(stage, 'queue_events', 'queue');
    const consumer = await makeDatabase(stage, 'queue_consumer', 'queue');
    const { url } = consumer;
    const digest = await openDigest(stage, url);
    const rates = await measureEvents({
      ...eventsMeasured,
      bootstrapServers: kafka.bootstrapServers,
      databaseUrl: database.url,
      replicationFactor: 3,
      digest,
    });
    const { eventsPerSecond, lagP50Ms, lagP99Ms } = rates;
    report('kafkaEventsPerSecond', {
      kind: 'value',
      value: eventsPerSecond,
      details: { lagP50Ms, lagP99Ms, lagAtPerSecond: eventsMeasured.steadyPerSecond },
    });
  },
};

/** What a pod is given: two of them and what serves them leave the cores unfilled. */
const podShare = 0.25;
const buyers = 128;
const load = { connections: buyers, expectedStatus: 201, rampMs: 300, durationMs: 2_000 };

/** Holds at two replicas of ticket-service and at one, each limited as a pod is, over one database. */
export const replicasScene: Scene = {
  keys: ['twoTicketsVsOne'],
  play: async (stage, _keys, report) => {
    const { eventId, reset, servers } = await startReplicas(stage, 2);
    for (const server of servers) limitProcessor(server.pid, podShare, stage.cleanup);
    const pods = servers.map((server) => ({ server, client: startLoadClient() }));
    for (const { client } of pods) stage.cleanup.add('a load client', () => client.stop());
    const measure = async (count: number) => {
      await reset();
      const volleys = pods.slice(0, count).map(({ server, client }, part) => {
        const plan = holdPlan(stage, eventId, { part, parts: count });
        return client.run({ port: server.port, plan, ...load, connections: buyers / count });
      });
      return (await Promise.all(volleys)).reduce((sum, { perSecond }) => sum + perSecond, 0);
    };
    const ones: number[] = [];
    const twos: number[] = [];
    for (let round = 0; round <= stage.options.rounds; round += 1) {
      ones.push(await measure(1));
      twos.push(await measure(2));
    }
    const ratios = twos.slice(1).map((two, index) => two / (ones[index + 1] ?? Number.NaN));
    const rate = (values: readonly number[]) => Math.round(spreadOf(values.slice(1)).median);
    report('twoTicketsVsOne', {
      kind: 'value',
      value: spreadOf(ratios).median,
      details: { two: rate(twos), one: rate(ones), coresEach: podShare, ratios },
    });
  },
};
