import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { inTransaction } from './database.ts';
import { deadLetterBox } from './dead-letters.ts';
import { digestTogether } from './digest-together.ts';
import { createInProcessBus } from './event-bus.ts';
import { type EventStage, openEventStage, topic } from './event-stage.fixture.ts';
import { firstTimes } from './inbox.ts';

const consumer = 'ticket-service';
let stage: EventStage;
let groups: number[];

before(async () => {
  stage = await openEventStage();
});
after(() => stage.close());
beforeEach(async () => {
  groups = [];
  await stage.reset();
});

/** Publishes what was announced to a consumer that notes in groups, and throws over a group with a poisonous event in it. */
async function publish(isPoison: (envelope: DomainEventEnvelope) => boolean = () => false) {
  const bus = createInProcessBus();
  const handle = digestTogether(async (envelopes) => {
    groups.push(envelopes.length);
    await inTransaction(stage.db, async (transaction) => {
      const fresh = await firstTimes(transaction, consumer, envelopes);
      for (const { id, subject } of fresh)
        await transaction
          .insertInto('digested')
          .values({ event_id: id, subject, n: 1, who: 'one' } as never)
          .execute();
      if (envelopes.some(isPoison)) throw new Error('poison');
    });
  });
  bus.subscribe({ consumer, topic, handle, deadLetters: deadLetterBox(stage.db, consumer) });
  const relay = stage.relayTo(bus);
  relay.start();
  await waitUntil(stage.isAllPublished, { timeoutMs: 30_000, what: 'all to be published' });
  await relay.stop();
}

test('events that arrive while others are written share a transaction, and each is digested once', async () => {
  await stage.announce(40, 1);
  await publish();
  await stage.assertOnceAndInOrder();
  assert.ok(groups.length <= 3, `40 events in ${groups.length} transactions`);
  await stage.pool.query('UPDATE outbox SET published_at = NULL');
  await publish();
  await stage.assertOnceAndInOrder();
});

test('an event that fails is buried alone; those it met are digested', async () => {
  await stage.announce(12, 1);
  await publish(({ subject }) => subject.startsWith('subject-7 '));
  assert.equal((await stage.digested()).length, 11);
  const buried = await stage.buried();
  assert.deepEqual(
    buried.map(({ envelope }) => envelope.subject),
    [`subject-7${stage.run()}`],
  );
});

test('an event that stands twice among those asked about is new once, however its id is written', async () => {
  const [a, b] = [{ id: randomUUID() }, { id: randomUUID() }];
  const fresh = await inTransaction(stage.db, (trx) => firstTimes(trx, consumer, [b, a, b]));
  assert.deepEqual(fresh, [b, a]);
  const inCapitals = { id: randomUUID().toUpperCase() };
  assert.deepEqual(await inTransaction(stage.db, (trx) => firstTimes(trx, consumer, [inCapitals])), [
    inCapitals,
  ]);
  assert.deepEqual(await inTransaction(stage.db, (trx) => firstTimes(trx, consumer, [a, b])), []);
});
