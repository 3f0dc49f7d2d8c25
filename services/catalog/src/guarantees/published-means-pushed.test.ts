import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { callRoute } from '@urr/contracts/call-route.ts';
import * as routes from '@urr/contracts/catalog.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { type SpawnedProcess, spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  bodyOf,
  type CatalogUnderTest,
  hallImport,
  someone,
  startCatalog,
} from '../testing/catalog-under-test.ts';
import { eventInput } from '../testing/event-input.ts';

const main = new URL('../main.ts', import.meta.url).pathname;
const organiser = someone('organiser');
let catalog: CatalogUnderTest;
before(async () => {
  catalog = await startCatalog();
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('hall', 100), query: {} }, organiser));
});
after(() => catalog.stop());

const wasPushed = (eventId: string) => catalog.ticket.inventories.has(eventId);
const stateOf = async (eventId: string) =>
  (await catalog.sql.query<{ state: string }>('SELECT state FROM events WHERE id = $1', [eventId])).rows[0]
    ?.state;

/** Publishes through a process of its own and kills it as soon as the publication is committed, or before. */
async function publishAndKill(eventId: string, killAfterMs: number): Promise<void> {
  const port = await freePort();
  const child: SpawnedProcess = await spawnProcess(main, [], {
    env: { ...catalog.environment, PORT: String(port) },
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  await waitUntil(async () => (await fetch(`${baseUrl}/health`).catch(() => undefined))?.ok === true, {
    timeoutMs: 15_000,
  });
  const options = { baseUrl, headers: organiser.headers };
  const publishing = callRoute(routes.publishEvent, { params: { eventId } }, options);
  await sleep(killAfterMs);
  await child.kill('SIGKILL');
  await publishing;
}

test('a publication whose process is killed between its commit and its push is pushed by whoever runs next', async () => {
  const input = { ...eventInput('killed', 'hall'), prices: { VIP: 2_000, R: 1_000 } };
  const { eventId } = bodyOf(await catalog.call(routes.createEvent, { body: input }, organiser));
  // Nothing reaches ticket-service, so the kill always comes between the two.
  catalog.ticket.mode = 'hanging';
  await publishAndKill(eventId, 400);
  assert.equal(await stateOf(eventId), 'published');
  assert.ok(!wasPushed(eventId));
  catalog.ticket.mode = 'up';
  await waitUntil(() => wasPushed(eventId), { timeoutMs: 25_000, what: 'the push of a killed process' });
  assert.equal(catalog.ticket.inventories.get(eventId)?.layout?.seats.length, 1_000);
});

test('a publication killed at any moment is whole or not there, never published without its places', async () => {
  const eventIds: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const input = eventInput(`moment-${round}`);
    const { eventId } = bodyOf(await catalog.call(routes.createEvent, { body: input }, organiser));
    await publishAndKill(eventId, round * 4);
    eventIds.push(eventId);
  }
  const states = await Promise.all(eventIds.map(stateOf));
  for (const [index, eventId] of eventIds.entries()) {
    if (states[index] === 'published')
      await waitUntil(() => wasPushed(eventId), { timeoutMs: 25_000, what: `the push of round ${index}` });
    else assert.ok(!wasPushed(eventId));
  }
});

test('without the row that says what is wanted, such a publication would stay without places (negative control)', async () => {
  const { eventId } = bodyOf(
    await catalog.call(routes.createEvent, { body: eventInput('unguarded') }, organiser),
  );
  // What a publication looks like whose process died before a push that only it knew of.
  await catalog.sql.query(
    `UPDATE events SET state = 'published', published_at = clock_timestamp() WHERE id = $1`,
    [eventId],
  );
  await sleep(2_000);
  assert.ok(!wasPushed(eventId));
});

test('the newest version is what ticket-service ends up with, however changes and pushes interleave', async () => {
  const { eventId } = bodyOf(
    await catalog.call(routes.createEvent, { body: eventInput('interleaved') }, organiser),
  );
  bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
  const limits = Array.from({ length: 20 }, (_, index) => index + 1);
  await Promise.all(
    limits.map((limitPerAccount) =>
      catalog.call(
        routes.changeEvent,
        { params: { eventId }, body: { sale: { limitPerAccount } } },
        organiser,
      ),
    ),
  );
  const { rows } = await catalog.sql.query<{ limit_per_account: number }>(
    'SELECT limit_per_account FROM events WHERE id = $1',
    [eventId],
  );
  const wanted = rows[0]?.limit_per_account;
  await waitUntil(() => catalog.ticket.inventories.get(eventId)?.limitPerAccount === wanted);
});
