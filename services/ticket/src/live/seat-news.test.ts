import assert from 'node:assert/strict';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { openRedis } from '@urr/platform/redis/open-redis.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import { startRedisCluster } from '@urr/testkit/redis-cluster.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { readTicketConfig } from '../config.ts';
import { readStream, seatStates } from '@urr/testkit/seat-stream.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';
import { createRedisSeatNews, seatNewsChannel } from './redis-seat-news.ts';

const skip = redisSkip();
const logger = createLogger('test', 'silent');
const engines = skip === false ? { one: await startRedis(), cluster: await startRedisCluster() } : undefined;
const opened: Redis[] = [];
after(async () => {
  await Promise.all(opened.map((redis) => redis.close()));
  await engines?.one.stop();
  await engines?.cluster.stop();
});

async function open(environment: Readonly<Record<string, string>> = {}): Promise<Redis> {
  const config = readTicketConfig({
    TICKET_DB_URL: 'postgresql://nobody@localhost/none',
    JWT_SECRET: randomBytes(32).toString('base64'),
    INTERNAL_API_TOKEN: 'x'.repeat(32),
    QUEUE_ENTRY_TOKEN_SECRET: 'x'.repeat(32),
    ...environment,
  });
  const redis = await openRedis(config, logger);
  opened.push(redis);
  return redis;
}

for (const adapter of ['one', 'cluster'] as const)
  test(`news over Redis (${adapter}) reaches the other replicas and not its teller`, { skip }, async () => {
    const environment = engines?.[adapter].environment;
    const replicas = await Promise.all(
      [0, 1, 2].map(async () => {
        const heard: string[] = [];
        const news = createRedisSeatNews(await open(environment), logger);
        await news.hear((eventId) => heard.push(eventId));
        return { heard, news };
      }),
    );
    const [one, other, third] = replicas;
    const many = Array.from({ length: 450 }, () => randomUUID());
    one?.news.tell(many);
    one?.news.tell(many);
    other?.news.tell(['b']);
    const hasHeard = ([first, second, last]: readonly (string[] | undefined)[]) =>
      new Set(last).size === 451 && new Set(second).size === 450 && first?.length === 1;
    await waitUntil(() => hasHeard([one?.heard, other?.heard, third?.heard]));
    assert.deepEqual(one?.heard, ['b']);
    assert.deepEqual(new Set(other?.heard), new Set(many));
  });

test('telling never fails and never gathers more than the events there are', { skip }, async () => {
  const lines: string[] = [];
  const told: string[] = [];
  const failing = { isAway: true };
  const redis: Pick<Redis, 'publish' | 'subscribe'> = {
    publish: async (_channel, bytes) => {
      await sleep(1);
      if (failing.isAway) throw new Error('away');
      told.push(String(bytes));
    },
    subscribe: () => Promise.resolve(() => Promise.resolve()),
  };
  const noting = (_fields: unknown, line?: string) => void lines.push(line ?? String(_fields));
  const news = createRedisSeatNews(redis, { info: noting, warn: noting });
  for (let hold = 0; hold < 1_000; hold += 1) news.tell(['a', 'b']);
  await sleep(20);
  failing.isAway = false;
  news.tell(['a']);
  await waitUntil(() => told.length === 1);
  assert.deepEqual(lines, [
    'other replicas hear of changed seats by looking alone',
    'other replicas hear of changed seats at once again',
  ]);
});

/** Milliseconds from a hold on one replica until an SSE client of another sees it, for some holds. */
async function measure(environment: Readonly<Record<string, string>>, holds: number): Promise<number[]> {
  const fixture = await startTicket(environment, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(10, 100), { limitPerAccount: 20 }));
  const origin = await fixture.services[1]?.app.listen({ port: 0, host: '127.0.0.1' });
  const client = await readStream(`${origin}/api/v1/seats/events/${eventId}/stream`);
  await client.waitFor(() => client.events.length === 1);
  const taken: number[] = [];
  for (let seatId = 0; seatId < holds; seatId += 1) {
    await sleep(450 + randomInt(100));
    const before = client.events.length;
    await fixture.hold(buyerOf(eventId), [seatId], { replica: 0 });
    const answeredAtMs = performance.now();
    await client.waitFor(() => client.events.length > before);
    taken.push(Math.round(performance.now() - answeredAtMs));
  }
  await client.close();
  return taken.toSorted((one, other) => one - other);
}

test(
  'a hold on one replica is seen by a client of another long before its next look',
  { skip },
  async (context) => {
    const slow = { MIRROR_INTERVAL_MS: '1000' };
    const [without, withNews] = [
      await measure(slow, 8),
      await measure({ ...slow, ...engines?.one.environment }, 8),
    ];
    context.diagnostic(
      `looking once a second, without news ${without.join(' ')} ms, with it ${withNews.join(' ')} ms`,
    );
    assert.ok((withNews[4] ?? Infinity) < 200, `${withNews.join(' ')}`);
    // With the guard off, this is what a fan would wait for.
    assert.ok((without[4] ?? 0) > 200, `${without.join(' ')}`);
  },
);

test(
  'news that is lost, doubled, late, out of order or made up sells nothing twice and hides nothing',
  { skip },
  async () => {
    const seatCount = 40;
    const fixture = await startTicket({ MIRROR_INTERVAL_MS: '100', ...engines?.one.environment }, 2);
    const eventId = await fixture.push(seatInventory(seatsOf(2, seatCount / 2), { limitPerAccount: 20 }));
    const status = async (replica: number) =>
      (await fixture.inject({ url: `/api/v1/seats/events/${eventId}/status` }, replica)).json<SeatStatus>();
    await Promise.all([status(0), status(1)]);
    const liar = await open(engines?.one.environment);
    const lie = async () => {
      const made = [
        `old ${eventId} ${eventId} ${eventId}`,
        `x ${randomUUID()}`,
        randomBytes(500),
        '',
        ` ${eventId}`.repeat(5_000),
      ];
      for (const message of made) await liar.publish(seatNewsChannel, message);
    };
    const work = { isOver: false };
    const lying = (async () => {
      for (let turn = 0; !work.isOver; turn += 1) {
        await lie();
        // Whoever listens loses what is told meanwhile.
        if (turn % 50 === 25) await engines?.one.ask('CLIENT', 'KILL', 'TYPE', 'pubsub');
      }
    })();
    const shop = async () => {
      for (let step = 0; step < 40; step += 1) {
        const buyer = buyerOf(eventId);
        const seatIds = [...new Set([randomInt(seatCount), randomInt(seatCount)])];
        const answer = await fixture.reserve(buyer, seatIds, { replica: randomInt(2) });
        assert.ok([201, 409].includes(answer.statusCode), answer.body);
        if (answer.statusCode !== 201 || randomInt(4) === 0) continue;
        const { reservationId } = answer.json<Reservation>();
        const url = `/api/v1/reservations/${reservationId}/cancel`;
        const cancelled = await fixture.inject({ method: 'POST', url, headers: buyer.headers }, randomInt(2));
        assert.equal(cancelled.statusCode, 200, cancelled.body);
      }
    };
    await Promise.all([shop(), shop(), shop(), shop()]);
    work.isOver = true;
    await lying;
    const { rows } = await fixture.pool.query<{ seat_id: number; claims: number; state: string }>(
      `SELECT s.seat_id, s.state, (SELECT count(*)::integer FROM reservations r WHERE r.event_id = s.event_id
       AND r.state = 'pending' AND s.seat_id = ANY (r.seat_ids)) AS claims
     FROM seats s WHERE s.event_id = $1 ORDER BY s.seat_id`,
      [eventId],
    );
    assert.deepEqual(
      rows.map(({ claims }) => claims),
      rows.map(({ state }) => (state === 'held' ? 1 : 0)),
    );
    const truth = rows.map(({ state }) => (state === 'held' ? 1 : 0));
    for (const replica of [0, 1])
      await waitUntil(async () => seatStates(await status(replica), seatCount).join() === truth.join());
  },
);

test(
  'a Redis that hangs keeps no buyer waiting, and the other replica sees the hold at its own next look',
  { skip },
  async () => {
    const hanging = await startRedis();
    after(() => hanging.stop());
    const fixture = await startTicket({ MIRROR_INTERVAL_MS: '300', ...hanging.environment }, 2);
    const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
    const status = async (replica: number) =>
      (await fixture.inject({ url: `/api/v1/seats/events/${eventId}/status` }, replica)).json<SeatStatus>();
    await Promise.all([status(0), status(1)]);
    hanging.pause();
    const startedAtMs = performance.now();
    for (const seatId of [0, 1, 2]) await fixture.hold(buyerOf(eventId), [seatId], { replica: 0 });
    assert.ok(performance.now() - startedAtMs < 900);
    await waitUntil(async () => seatStates(await status(1), 10).join('') === '1110000000', {
      timeoutMs: 2_000,
    });
    hanging.resume();
  },
);

test('however much news comes, a replica looks a few times a second', { skip }, async () => {
  const fixture = await startTicket({ MIRROR_INTERVAL_MS: '1000', ...engines?.one.environment });
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  await fixture.inject({ url: `/api/v1/seats/events/${eventId}/status` });
  const looks = async () => {
    const { rows } = await fixture.pool.query<{ looks: number }>(
      `SELECT coalesce(sum(idx_scan + seq_scan), 0)::integer AS looks FROM pg_stat_user_tables WHERE relname = 'events'`,
    );
    return rows[0]?.looks ?? 0;
  };
  const teller = createRedisSeatNews(await open(engines?.one.environment), logger);
  const before = await looks();
  const endsAtMs = performance.now() + 1_500;
  while (performance.now() < endsAtMs) {
    teller.tell([eventId]);
    await sleep(1);
  }
  // A connection tells of its scans a second after them, or, once it is idle, after ten.
  await waitUntil(async () => (await looks()) >= before + 3, { timeoutMs: 15_000 });
  await sleep(1_200);
  const made = (await looks()) - before;
  assert.ok(made <= 60, `${made} looks`);
});
