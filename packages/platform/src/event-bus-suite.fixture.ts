import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type { EventBus } from './event-bus.ts';
import {
  dawdle,
  type EventStage,
  logger,
  type NotingOptions,
  notingSubscription,
} from './event-stage.fixture.ts';
import { createReplays } from './replays.ts';

/** A bus as a service has it. */
export interface BusUnderTest {
  readonly bus: EventBus;
  /** Begins to consume. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Where a guarantee is tried: a stage with its outbox, and the kind of bus. */
export interface Trial {
  readonly stage: EventStage;
  readonly open: () => Promise<BusUnderTest>;
}

type Options = Omit<NotingOptions, 'run'>;

/** Runs `work` while the stage's outbox is relayed to one consumer, with its replays, as in a service. */
async function withConsumer(
  { stage, open }: Trial,
  options: Options,
  work: () => Promise<unknown>,
  relayVia: (bus: EventBus) => EventBus = (bus) => bus,
): Promise<void> {
  await stage.reset();
  const { bus, start, stop } = await open();
  const subscription = notingSubscription(stage.db, { ...options, run: stage.run() });
  bus.subscribe(subscription);
  start();
  const relay = stage.relayTo(relayVia(bus));
  relay.start();
  const replays = createReplays([subscription], logger);
  replays.start();
  try {
    await work();
  } finally {
    await Promise.all([replays.stop(), relay.stop()]);
    await stop();
  }
}

async function keepOrder(trial: Trial): Promise<void> {
  const { stage } = trial;
  await withConsumer(trial, { before: dawdle }, async () => {
    for (let round = 0; round < 3; round += 1) await stage.announce(20, 10);
    await stage.waitForAll();
    await stage.assertOnceAndInOrder();
    await waitUntil(stage.isAllPublished);
  });
}

// As after a crash between the consumer's commit and its acknowledgement: every event comes at least twice.
async function deliverTwice(trial: Trial, isGuarded: boolean): Promise<void> {
  const { stage } = trial;
  const seen = new Set<string>();
  const failOnce: Options['after'] = async ({ id }) => {
    if (seen.has(id)) return;
    seen.add(id);
    throw new Error('crashed after the commit');
  };
  await withConsumer(trial, { isGuarded, after: failOnce }, async () => {
    await stage.announce(10, 2);
    await stage.waitForAll();
    await waitUntil(stage.isAllPublished, { timeoutMs: 10_000 });
    await sleep(500);
  });
}

async function buryAndReplay(trial: Trial): Promise<void> {
  const { stage } = trial;
  let isPoisonous = true;
  const refuse: Options['before'] = async ({ subject, data }) => {
    if (isPoisonous && subject.startsWith('subject-1 ') && (data as { code: string }).code === '2')
      throw new Error('indigestible');
  };
  await withConsumer(trial, { before: refuse }, async () => {
    await stage.announce(5, 4);
    await waitUntil(async () => (await stage.digested()).length === 19, { timeoutMs: 20_000 });
    const [buried] = await stage.buried();
    assert.equal(buried?.fault, 'Error: indigestible');
    isPoisonous = false;
    await stage.pool.query('UPDATE dead_letters SET replay_requested_at = now()');
    await stage.waitForAll(5_000);
    await waitUntil(async () => (await stage.buried())[0]?.replayed_at !== null);
  });
}

// One attempt more than make an event poison.
async function waitForDatabase(trial: Trial): Promise<void> {
  const { stage } = trial;
  let failures = 6;
  const beAway: Options['before'] = async () => {
    failures -= 1;
    if (failures >= 0) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  await withConsumer(trial, { before: beAway }, async () => {
    await stage.announce(1, 3);
    await stage.waitForAll(20_000);
    await stage.assertOnceAndInOrder();
    await waitUntil(stage.isAllPublished);
    assert.deepEqual(await stage.buried(), []);
  });
}

async function letOthersPass(trial: Trial): Promise<void> {
  const { stage } = trial;
  const isSlow = (subject: string) => subject.startsWith('subject-1 ');
  const before: Options['before'] = ({ subject }) => sleep(isSlow(subject) ? 700 : 1);
  await withConsumer(trial, { before }, async () => {
    await stage.announce(8, 2);
    await waitUntil(async () => (await stage.digested()).length >= 14, { timeoutMs: 10_000 });
    const slow = (await stage.digested()).filter(({ subject }) => isSlow(subject));
    assert.ok(slow.length < 2, 'the others did not wait');
    await stage.waitForAll();
    await stage.assertOnceAndInOrder();
  });
}

async function repeatBrokenBatch(trial: Trial): Promise<void> {
  const { stage } = trial;
  let failures = 2;
  const breakOff = (bus: EventBus): EventBus => ({
    subscribe: () => {},
    publish: async (where, envelopes) => {
      failures -= 1;
      if (failures < 0) return bus.publish(where, envelopes);
      await bus.publish(where, envelopes.slice(0, 30));
      throw new Error('the rest did not go out');
    },
  });
  const announceAll = async () => {
    await stage.announce(10, 10);
    await stage.waitForAll();
    await waitUntil(stage.isAllPublished);
  };
  await withConsumer(trial, {}, announceAll, breakOff);
  assert.ok(failures < 0);
  await stage.assertOnceAndInOrder();
}

/** What every way for domain events to travel must keep, from one service's outbox to another's transaction. */
export const eventBusGuarantees: Readonly<Record<string, (trial: Trial) => Promise<void>>> = {
  'every announced event is digested once, and those of a subject in their order': keepOrder,
  'a consumer that crashes between its commit and the acknowledgement digests each event once': async (
    trial,
  ) => {
    await deliverTwice(trial, true);
    await trial.stage.assertOnceAndInOrder();
  },
  'without asking whether it knows an event, it would digest it twice': async (trial) => {
    await deliverTwice(trial, false);
    await assert.rejects(trial.stage.assertOnceAndInOrder());
  },
  'an event that cannot be digested is buried, holds nobody up, and is digested when its replay is asked for':
    buryAndReplay,
  'events wait in their order for a consumer that cannot reach its database, and none is buried':
    waitForDatabase,
  'an event that takes long holds back its own subject alone': letOthersPass,
  'a batch that went out in part goes out again whole, and no subject loses its order': repeatBrokenBatch,
};
