import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { queueService } from '../../service.ts';
import type { QueueTables } from '../../tables.ts';
import { lineSchedule } from '../conformance/line-under-test.ts';
import { createPostgresLineStore } from '../postgres/postgres-line-store.ts';
import { recordSteps } from './line-log.ts';

let database: Database<QueueTables>;
let close: () => Promise<void> = async () => {};

before(async () => {
  const testDatabase = await createTestDatabase({ migrations: queueService.migrations ?? '' });
  const logger = createLogger('test', 'silent');
  database = openDatabase<QueueTables>({ url: new Secret(testDatabase.url), poolSize: 4, logger });
  close = async () => {
    await database.close();
    await testDatabase.drop();
  };
});
after(() => close());

/** A history of joins, one person a step, each step knowing the one before. */
class History {
  readonly #steps: { readonly step: string; readonly text: string }[] = [];

  join(accountId: string = randomUUID()): string {
    const seq = this.#steps.length + 1;
    const step = randomUUID();
    const parent = this.#steps.at(-1)?.step;
    const numbers = { at: 1_700_000_000_000 + seq, issued: seq, serving: 0, active: 0 };
    const text = JSON.stringify({ seq, step, parent, ...numbers, from: seq, joined: accountId });
    this.#steps.push({ step, text });
    return text;
  }

  /** The same history up to a step, to go on differently. */
  upTo(seq: number): History {
    const other = new History();
    other.#steps.push(...this.#steps.slice(0, seq));
    return other;
  }
}

async function createLine(): Promise<{ eventId: string; incarnation: number }> {
  const schedule = lineSchedule();
  await createPostgresLineStore(database).saveSchedules([schedule]);
  await database.pool.query('UPDATE sales SET incarnation = 7 WHERE event_id = $1', [schedule.eventId]);
  return { eventId: schedule.eventId, incarnation: 7 };
}

async function placesOf({ eventId }: { eventId: string }): Promise<number> {
  const { rows } = await database.pool.query<{ issued: number; places: number }>(
    `SELECT issued, (SELECT count(*) FROM places p WHERE p.event_id = s.event_id) AS places
     FROM sales s WHERE event_id = $1`,
    [eventId],
  );
  assert.equal(rows[0]?.places, rows[0]?.issued);
  return rows[0]?.places ?? -1;
}

test('a step that is sent twice, or by two replicas, is written once', async () => {
  const line = await createLine();
  const history = new History();
  const [first, second] = [history.join(), history.join()];
  const outcomes = await Promise.all([
    recordSteps(database.pool, line, [first, second]),
    recordSteps(database.pool, line, [first]),
    recordSteps(database.pool, line, [first, second]),
  ]);
  assert.deepEqual(outcomes, ['recorded', 'recorded', 'recorded']);
  assert.equal(await placesOf(line), 2);
});

test('whoever is late writes nothing over what a later step has written', async () => {
  const line = await createLine();
  const history = new History();
  const [first, second, third] = [history.join(), history.join(), history.join()];
  assert.equal(await recordSteps(database.pool, line, [first, second, third]), 'recorded');
  assert.equal(await recordSteps(database.pool, line, [first, second]), 'recorded');
  assert.equal(await placesOf(line), 3);
});

test('a step whose forerunners are not logged is refused', async () => {
  const line = await createLine();
  const history = new History();
  const [first, , third] = [history.join(), history.join(), history.join()];
  assert.equal(await recordSteps(database.pool, line, [first]), 'recorded');
  assert.equal(await recordSteps(database.pool, line, [third]), 'forked');
  assert.equal(await placesOf(line), 1);
});

test('of two histories that went different ways one is logged, wherever they meet', async () => {
  const line = await createLine();
  const history = new History();
  const [first, second] = [history.join(), history.join()];
  const other = history.upTo(1);
  const [fork, next] = [other.join(), other.join()];
  assert.equal(await recordSteps(database.pool, line, [first, second]), 'recorded');
  assert.equal(await recordSteps(database.pool, line, [fork]), 'forked', 'the same number, another step');
  assert.equal(
    await recordSteps(database.pool, line, [next]),
    'forked',
    'the next number of another history',
  );
  assert.equal(await placesOf(line), 2);
});

test('a step of a line that was loaded anew, or of none, is refused', async () => {
  const line = await createLine();
  assert.equal(
    await recordSteps(database.pool, { ...line, incarnation: 6 }, [new History().join()]),
    'stale',
  );
  const nowhere = { eventId: randomUUID(), incarnation: 7 };
  assert.equal(await recordSteps(database.pool, nowhere, [new History().join()]), 'stale');
  assert.equal(await placesOf(line), 0);
});

test('a step that contradicts the rows is refused as a whole', async () => {
  const line = await createLine();
  const history = new History();
  const accountId = randomUUID();
  assert.equal(await recordSteps(database.pool, line, [history.join(accountId)]), 'recorded');
  assert.equal(await recordSteps(database.pool, line, [history.join(accountId)]), 'forked');
  assert.equal(await placesOf(line), 1);
});

test('what is too long ago to tell is neither logged again nor acknowledged', async () => {
  const line = await createLine();
  const history = new History();
  const steps = Array.from({ length: 5 }, () => history.join());
  assert.equal(await recordSteps(database.pool, line, steps), 'recorded');
  await database.pool.query('DELETE FROM line_steps WHERE event_id = $1 AND seq <= 2', [line.eventId]);
  assert.equal(await recordSteps(database.pool, line, steps.slice(0, 2)), 'late');
  assert.equal(await placesOf(line), 5);
});
