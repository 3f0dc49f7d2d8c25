import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { type DomainEventEnvelope, paymentFailed } from '@urr/contracts/domain-events.ts';
import { type Database, inTransaction, openDatabase } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { hostService } from '@urr/platform/host-service.ts';
import { firstTime } from '@urr/platform/inbox.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { announce, createOutboxRelay } from '@urr/platform/outbox.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createServer } from '@urr/platform/server.ts';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';

const consumer = 'ticket-service';
const logger = createLogger(consumer, 'silent');
const id = '01890a5d-ac96-774b-bcce-b302099a8057';
let testDatabase: TestDatabase;
let database: Database<PlatformTables>;

before(async () => {
  const migrations = path.join(import.meta.dirname, '../../packages/platform/migrations');
  testDatabase = await createTestDatabase({ migrations });
  database = openDatabase<PlatformTables>({ url: new Secret(testDatabase.url), poolSize: 6, logger });
});
beforeEach(async () => {
  for (const table of ['outbox', 'consumed_events', 'dead_letters', 'audit_log'] as const)
    await database.db.deleteFrom(table).execute();
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

/** A consumer whose handler fails while `fault` is set; `isGuarded` is whether it asks `firstTime`. */
async function startConsumer({ isGuarded = true } = {}) {
  const state = { fault: 'cannot digest' as string | undefined, digested: [] as string[] };
  const handle = (envelope: DomainEventEnvelope) =>
    inTransaction(database.db, async (transaction) => {
      if (isGuarded && !(await firstTime(transaction, consumer, envelope.id))) return;
      if (state.fault !== undefined) throw new Error(state.fault);
      state.digested.push(envelope.id);
    });
  const definition: ServiceDefinition = {
    name: consumer,
    create: async (_environment, { bus }) => {
      const { app } = createServer({ name: consumer, logger, readiness: [] });
      const url = new Secret(testDatabase.url);
      const relay = createOutboxRelay({ databaseUrl: url, source: consumer, bus, logger, intervalMs: 20 });
      const deadLetters = deadLetterBox(database.db, consumer);
      bus.subscribe({ consumer, topic: 'payment-events', handle, deadLetters });
      const start = async () => relay.start();
      return { app, port: 0, host: '127.0.0.1', start, stop: () => relay.stop() };
    },
  };
  const service = await hostService(
    { definition, environment: { LOG_LEVEL: 'silent' } },
    createInProcessBus(),
  );
  await service.start();
  return { state, stop: () => service.stop() };
}

async function announcePoison(): Promise<void> {
  const facts = { paymentId: id, reservationId: id, eventId: id, accountId: id, amount: 1 };
  const data = { ...facts, code: 'x', byProvider: true, durationMs: 1 };
  await inTransaction(database.db, (transaction) => announce(transaction, paymentFailed, id, data));
}

async function buriedFault(): Promise<string | undefined> {
  const row = await database.db
    .selectFrom('dead_letters')
    .select('fault')
    .where('replayed_at', 'is', null)
    .where('replay_requested_at', 'is', null)
    .executeTakeFirst();
  return row?.fault;
}

const isBuried = async () => (await buriedFault()) !== undefined;

async function dlq(...args: string[]) {
  const env = { TICKET_DB_URL: testDatabase.url };
  const command = await spawnProcess(path.join(import.meta.dirname, 'main.ts'), args, { env });
  const { code } = await command.exited;
  return { code, output: command.output() };
}

test('poison is buried, and digested exactly once when its cause is gone and its replay is commanded', async (context) => {
  const { state, stop } = await startConsumer();
  context.after(stop);
  await announcePoison();
  await waitUntil(isBuried, { timeoutMs: 15_000 });
  assert.deepEqual(state.digested, []);

  const listed = await dlq('list', '--consumer', consumer);
  assert.match(
    listed.output,
    /buried {2}ticket-service .* urr\.payment\.failed\.v1[^]*Error: cannot digest[^]*1 events are buried/,
  );

  state.fault = 'still not';
  const refused = await dlq('replay');
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /0 of 1 events digested/);
  assert.equal(await buriedFault(), 'Error: still not');

  state.fault = undefined;
  const startedAt = performance.now();
  const replayed = await dlq('replay', '--consumer', consumer);
  assert.equal(replayed.code, 0, replayed.output);
  assert.match(replayed.output, /1 of 1 events digested/);
  assert.ok(performance.now() - startedAt < 4_000);
  assert.equal(state.digested.length, 1);

  const again = await dlq('replay', '--event', String(state.digested[0]));
  assert.match(again.output, /0 of 0 events digested/);
  assert.equal(state.digested.length, 1);
  const audited = await database.db.selectFrom('audit_log').select(['actor', 'action', 'subject']).execute();
  const row = { actor: 'operator', action: 'dead-letter.replay', subject: `event:${state.digested[0]}` };
  assert.deepEqual(audited, [row, row]);
});

async function buryAndAskTwice(consumerOptions: { readonly isGuarded: boolean }): Promise<number> {
  const { state, stop } = await startConsumer(consumerOptions);
  try {
    const envelope = {
      specversion: '1.0',
      id,
      source: '/x',
      type: 't',
      subject: id,
      time: '',
      data: {},
    } as const;
    await deadLetterBox(database.db, consumer).bury(envelope, 'payment-events', new Error('earlier'));
    state.fault = undefined;
    await dlq('replay');
    // As after a crash between the handler's commit and the mark.
    await database.db.updateTable('dead_letters').set({ replayed_at: null }).execute();
    await dlq('replay');
    return state.digested.length;
  } finally {
    await stop();
  }
}

test('a consumer killed before it marked the replay digests the event once all the same', async () => {
  assert.equal(await buryAndAskTwice({ isGuarded: true }), 1);
});

test('without the consumer asking whether it knows the event, it would be digested twice', async () => {
  assert.equal(await buryAndAskTwice({ isGuarded: false }), 2);
});

test('other consumers and other events are left alone', async (context) => {
  const { state, stop } = await startConsumer();
  context.after(stop);
  state.fault = undefined;
  const bury = (name: string, eventId: string) => {
    const envelope = {
      specversion: '1.0',
      id: eventId,
      source: '/x',
      type: 't',
      subject: id,
      time: '',
      data: {},
    } as const;
    return deadLetterBox(database.db, name).bury(envelope, 'payment-events', new Error('earlier'));
  };
  const other = id.replace(/7$/, '8');
  await bury(consumer, id);
  await bury(consumer, other);
  await bury('queue-service', id);
  const { output } = await dlq('replay', '--consumer', consumer, '--event', id);
  assert.match(output, /1 of 1 events digested/);
  assert.deepEqual(state.digested, [id]);
  assert.match((await dlq('list')).output, /2 events are buried/);
});

test('a command that names nothing sensible is refused with its usage', async () => {
  for (const args of [[], ['drop'], ['replay', '--event', 'x'], ['replay', 'all'], ['toString']]) {
    const { code, output } = await dlq(...args);
    assert.equal(code, 1, args.join(' '));
    assert.match(output, /Usage: npm run dlq/);
  }
});
