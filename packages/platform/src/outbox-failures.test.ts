import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSlowLink, type SlowLink } from '@urr/testkit/slow-link.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { createInProcessBus } from './event-bus.ts';
import { type EventStage, logger, notingSubscription, openEventStage } from './event-stage.fixture.ts';
import { createOutboxRelay } from './outbox.ts';
import { Secret } from './secret.ts';

let stage: EventStage;
let link: SlowLink;
before(async () => {
  stage = await openEventStage();
  link = await openSlowLink(Number(new URL(stage.url).port));
});
after(async () => {
  await link.stop();
  await stage.close();
});

/** A relay whose way to its database is bad; consumers reach theirs. */
function relayOverLink() {
  const statementTimeoutMs = 100;
  const bus = createInProcessBus();
  bus.subscribe(notingSubscription(stage.db, { run: stage.run() }));
  const databaseUrl = new Secret(link.through(stage.url));
  return createOutboxRelay({ databaseUrl, source: 'test', bus, logger, intervalMs: 20, statementTimeoutMs });
}

test('a relay goes on by itself after its database was away, silent, or had a successor', async () => {
  const relay = relayOverLink();
  relay.start();
  await stage.announce(3, 2);
  await stage.waitForAll();
  for (const harm of ['refuse', 'stall', 'strand'] as const) {
    await link[harm]();
    await stage.announce(3, 2);
    await new Promise((resolve) => setTimeout(resolve, harm === 'strand' ? 0 : 1_500));
    // A vanished host keeps nothing; here its session would live on with the relay's lock.
    if (harm === 'strand') await endStranded();
    else await link.forward();
    await stage.waitForAll();
  }
  await relay.stop();
  await stage.assertOnceAndInOrder();
});

test('a relay whose database fell silent stops within its time limits', async () => {
  const relay = relayOverLink();
  relay.start();
  await stage.announce(1, 1);
  await stage.waitForAll();
  link.stall();
  // Its next look is under way.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const startedAt = performance.now();
  await relay.stop();
  // A statement's 2.1 s and a second for the goodbye.
  assert.ok(performance.now() - startedAt < 4_500, `${performance.now() - startedAt} ms`);
  await waitUntil(() => link.connections() === 0, {
    timeoutMs: 1_000,
    what: 'its connection to be given up',
  });
  await link.forward();
});

test('a relay that is not its turn waits on one connection, however often it is woken, and takes over from a killed one', async (context) => {
  const holder = stage.relayTo(createInProcessBus());
  const waiting = relayOverLink();
  context.after(() => Promise.all([holder.stop(), waiting.stop()]));
  holder.start();
  await waitUntil(async () => (await lockHolders()).length === 1, { what: 'the lock to be held' });
  const openedBefore = link.opened();
  waiting.start();
  for (let time = 0; time < 100; time += 1) {
    waiting.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(link.opened() - openedBefore, 1);
  for (const pid of await lockHolders()) await stage.pool.query('SELECT pg_terminate_backend($1)', [pid]);
  await holder.stop();
  await stage.announce(2, 2);
  await stage.waitForAll(5_000);
  assert.equal(link.opened() - openedBefore, 1);
});

test('a relay whose database is away tries to connect now and then, however often it is woken', async (context) => {
  const relay = relayOverLink();
  context.after(() => relay.stop());
  const refusedBefore = link.opened();
  relay.start();
  await waitUntil(() => link.opened() > refusedBefore);
  for (let time = 0; time < 100; time += 1) {
    link.cut();
    relay.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(link.opened() - refusedBefore <= 4, `${link.opened() - refusedBefore} connections`);
});

async function lockHolders(): Promise<number[]> {
  const { rows } = await stage.pool.query<{ pid: number }>(
    `SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
     WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted`,
  );
  return rows.map(({ pid }) => pid);
}

async function endStranded(): Promise<void> {
  const ended = () =>
    stage.pool.query(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.locktype = 'advisory'`,
    );
  await waitUntil(async () => (await ended()).rowCount === 1, { what: 'the stranded session to end' });
}
