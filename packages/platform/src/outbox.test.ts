import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type DomainEventEnvelope, paymentFailed } from '@urr/contracts/domain-events.ts';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { type Database, inTransaction, openDatabase } from './database.ts';
import { createInProcessBus, type DeadLetters, type EventBus } from './event-bus.ts';
import { firstTime } from './inbox.ts';
import { createLogger } from './logger.ts';
import { announce, createOutboxRelay } from './outbox.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Secret } from './secret.ts';

const logger = createLogger('test', 'silent');
const none: DeadLetters = { bury: async () => {}, replayRequested: async () => 0 };
let testDatabase: TestDatabase;
let database: Database<PlatformTables>;

before(async () => {
  testDatabase = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  database = openDatabase<PlatformTables>({ url: new Secret(testDatabase.url), poolSize: 5, logger });
});
beforeEach(async () => {
  for (const table of ['outbox', 'consumed_events', 'dead_letters'] as const)
    await database.db.deleteFrom(table).execute();
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

function announceFailure(code: string, subject = id) {
  const data = {
    paymentId: id,
    reservationId: id,
    eventId: id,
    accountId: id,
    amount: 1,
    code,
    byProvider: true,
    durationMs: 1,
  };
  return (transaction: Database<PlatformTables>['db']) => announce(transaction, paymentFailed, subject, data);
}

function relayTo(bus: EventBus) {
  return createOutboxRelay({
    databaseUrl: new Secret(testDatabase.url),
    source: 'test',
    bus,
    logger,
    intervalMs: 20,
  });
}

const codeOf = (envelope: DomainEventEnvelope) => (envelope.data as { code: string }).code;

async function published(): Promise<number> {
  const rows = await database.db
    .selectFrom('outbox')
    .select('id')
    .where('published_at', 'is not', null)
    .execute();
  return rows.length;
}

test('an event is published if its transaction commits and never if it does not', async () => {
  const heard: string[] = [];
  const bus = createInProcessBus();
  const handle = async (envelope: DomainEventEnvelope) => void heard.push(codeOf(envelope));
  bus.subscribe({ consumer: 'c', topic: 'payment-events', handle, deadLetters: none });
  await inTransaction(database.db, announceFailure('kept'));
  const undone = inTransaction(database.db, async (transaction) => {
    await announceFailure('undone')(transaction);
    throw new Error('rolled back');
  });
  await assert.rejects(undone, /rolled back/);
  const relay = relayTo(bus);
  relay.start();
  await waitUntil(async () => (await published()) === 1, { timeoutMs: 3_000 });
  await relay.stop();
  assert.deepEqual(heard, ['kept']);
});

test('a relay killed between delivery and its mark delivers again, and the consumer acts once', async () => {
  let acted = 0;
  let deliveries = 0;
  const handle = async (envelope: DomainEventEnvelope) => {
    deliveries += 1;
    await inTransaction(database.db, async (transaction) => {
      if (await firstTime(transaction, 'c', envelope.id)) acted += 1;
    });
  };
  const withoutMark: EventBus = {
    subscribe: () => {},
    publish: async (_topic, envelopes) => {
      for (const envelope of envelopes) await handle(envelope);
      throw new Error('killed before the mark');
    },
  };
  await inTransaction(database.db, announceFailure('once'));
  const killed = relayTo(withoutMark);
  killed.start();
  await waitUntil(() => deliveries >= 1, { timeoutMs: 3_000 });
  await killed.stop();
  assert.equal(await published(), 0);

  const bus = createInProcessBus();
  bus.subscribe({ consumer: 'c', topic: 'payment-events', handle, deadLetters: none });
  const relay = relayTo(bus);
  relay.start();
  await waitUntil(async () => (await published()) === 1, { timeoutMs: 3_000 });
  await relay.stop();
  assert.ok(deliveries >= 2);
  assert.equal(acted, 1);
});

test('negative control: a consumer that forgets what it had digested acts twice after such a kill', async () => {
  let acted = 0;
  const forgetful = async () => void (acted += 1);
  const withoutMark: EventBus = {
    subscribe: () => {},
    publish: async () => {
      await forgetful();
      throw new Error('killed before the mark');
    },
  };
  await inTransaction(database.db, announceFailure('twice'));
  const killed = relayTo(withoutMark);
  killed.start();
  await waitUntil(() => acted >= 1, { timeoutMs: 3_000 });
  await killed.stop();
  const bus = createInProcessBus();
  bus.subscribe({ consumer: 'c', topic: 'payment-events', handle: forgetful, deadLetters: none });
  const relay = relayTo(bus);
  relay.start();
  await waitUntil(async () => (await published()) === 1, { timeoutMs: 3_000 });
  await relay.stop();
  assert.ok(acted >= 2);
});

test('events of one subject arrive in the order of their announcement', async () => {
  const heard: string[] = [];
  const bus = createInProcessBus();
  const handle = async (envelope: DomainEventEnvelope) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    heard.push(codeOf(envelope));
  };
  bus.subscribe({ consumer: 'c', topic: 'payment-events', handle, deadLetters: none });
  const codes = Array.from({ length: 30 }, (_, index) => String(index));
  for (const code of codes) await inTransaction(database.db, announceFailure(code));
  const relay = relayTo(bus);
  relay.start();
  await waitUntil(async () => (await published()) === codes.length, { timeoutMs: 5_000 });
  await relay.stop();
  assert.deepEqual(heard, codes);
});

test('only one of two replicas relays at a time', async () => {
  let concurrent = 0;
  let most = 0;
  const bus = createInProcessBus();
  const handle = async () => {
    concurrent += 1;
    most = Math.max(most, concurrent);
    await new Promise((resolve) => setTimeout(resolve, 5));
    concurrent -= 1;
  };
  bus.subscribe({ consumer: 'c', topic: 'payment-events', handle, deadLetters: none });
  const relays = [relayTo(bus), relayTo(bus)];
  for (const relay of relays) relay.start();
  for (let index = 0; index < 20; index += 1)
    await inTransaction(database.db, announceFailure(String(index)));
  await waitUntil(async () => (await published()) === 20, { timeoutMs: 5_000 });
  await Promise.all(relays.map((relay) => relay.stop()));
  assert.equal(most, 1);
});
