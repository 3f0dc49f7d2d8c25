import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readSales } from '@urr/contracts/catalog-internal.ts';
import * as routes from '@urr/contracts/catalog.ts';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Secret } from '@urr/platform/secret.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  bodyOf,
  type CatalogUnderTest,
  internalToken,
  refusalOf,
  someone,
  startCatalog,
} from '../testing/catalog-under-test.ts';
import type { CatalogTables } from '../tables.ts';
import { eventInput } from '../testing/event-input.ts';
import { createSaleBoard } from './sale-board.ts';

let catalog: CatalogUnderTest;
const organiser = someone('organiser');
before(async () => (catalog = await startCatalog()));
after(() => catalog.stop());

const readNow = async () =>
  bodyOf(await catalog.call(readSales, {}, undefined, { [internalTokenHeader]: internalToken })).sales;
const saleOf = async (eventId: string) => (await readNow()).find((sale) => sale.eventId === eventId);
const publishNew = async (input: EventInput) => {
  const { eventId } = bodyOf(await catalog.call(routes.createEvent, { body: input }, organiser));
  return bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
};
const show = async (eventId: string) => bodyOf(await catalog.call(routes.getEvent, { params: { eventId } }));

test('schedules are for workloads alone', async () => {
  assert.equal(refusalOf(await catalog.call(readSales, {})), 'unauthenticated');
  assert.equal(refusalOf(await catalog.call(readSales, {}, someone('admin'))), 'unauthenticated');
});

test('a published sale is announced with its lobby, stock and limits, and changes within a second', async () => {
  const { eventId, sale } = await publishNew(eventInput('announced'));
  await waitUntil(async () => (await saleOf(eventId))?.stock.length === 1);
  const announced = await saleOf(eventId);
  assert.deepEqual(announced?.stock, [{ grade: 'STANDING', price: 50_000, total: 100, left: 100 }]);
  assert.equal(announced?.ownerId, organiser.accountId);
  assert.equal(announced?.lobbyOpensAt, sale.lobbyOpensAt);
  assert.equal(Date.parse(sale.opensAt) - Date.parse(sale.lobbyOpensAt), 30 * 60_000);
  assert.deepEqual([announced?.capacity, announced?.slotSeconds, announced?.soldOut], [50, 600, false]);
  const body = { sale: { capacity: 77 } };
  bodyOf(await catalog.call(routes.changeEvent, { params: { eventId }, body }, organiser));
  const started = performance.now();
  await waitUntil(async () => (await saleOf(eventId))?.capacity === 77);
  assert.ok(performance.now() - started < 1_500);
  bodyOf(await catalog.call(routes.cancelEvent, { params: { eventId } }, organiser));
  await waitUntil(async () => (await saleOf(eventId))?.cancelled === true);
});

test('an inventory says whose event it is', async () => {
  const { eventId } = await publishNew(eventInput('owned'));
  await waitUntil(() => catalog.ticket.inventories.get(eventId)?.ownerId === organiser.accountId);
});

test('a draft, and a sale whose places ticket-service has not got, are not announced', async () => {
  const { eventId: draft } = bodyOf(
    await catalog.call(routes.createEvent, { body: eventInput('hidden') }, organiser),
  );
  catalog.ticket.mode = 'down';
  const { eventId } = await publishNew(eventInput('unpushed'));
  const announced = await readNow();
  assert.ok(announced.every((sale) => sale.eventId !== draft && sale.eventId !== eventId));
  catalog.ticket.mode = 'up';
  await waitUntil(async () => (await saleOf(eventId)) !== undefined);
});

test('sold out is announced, and taken back when a place is free again', async () => {
  const { eventId } = await publishNew(eventInput('selling'));
  catalog.ticket.taken.set(`${eventId} STANDING`, 100);
  await waitUntil(async () => (await saleOf(eventId))?.soldOut === true);
  catalog.ticket.taken.set(`${eventId} STANDING`, 99);
  await waitUntil(async () => (await saleOf(eventId))?.soldOut === false);
});

test('while ticket-service hangs, answers come at once with the last stock, marked stale', async () => {
  const { eventId } = await publishNew(eventInput('hanging'));
  await waitUntil(async () => (await show(eventId)).grades[0]?.left === 100);
  catalog.ticket.mode = 'hanging';
  await waitUntil(async () => (await show(eventId)).stock.isStale, { timeoutMs: 6_000 });
  const started = performance.now();
  const event = await show(eventId);
  assert.ok(performance.now() - started < 500);
  assert.equal(event.grades[0]?.left, 100);
  assert.equal((await saleOf(eventId))?.stock[0]?.left, 100);
  catalog.ticket.mode = 'up';
  await waitUntil(async () => !(await show(eventId)).stock.isStale, { timeoutMs: 6_000 });
});

test('a stranger at the address of ticket-service is not believed: the last stock stays, marked stale', async () => {
  const { eventId } = await publishNew(eventInput('strange'));
  await waitUntil(async () => (await show(eventId)).grades[0]?.left === 100);
  catalog.ticket.mode = 'stranger';
  await waitUntil(async () => (await show(eventId)).stock.isStale, { timeoutMs: 6_000 });
  assert.equal((await show(eventId)).grades[0]?.left, 100);
  catalog.ticket.mode = 'up';
  await waitUntil(async () => !(await show(eventId)).stock.isStale, { timeoutMs: 6_000 });
});

test('a service that has only just been made answers its first question with what the store says', async () => {
  const { eventId } = await publishNew(eventInput('first-look'));
  const logger = createLogger('test', 'silent');
  const url = new Secret(String(catalog.environment['CATALOG_DB_URL']));
  const database = openDatabase<CatalogTables>({ url, poolSize: 1, logger });
  const ticketUrl = catalog.ticket.url;
  const board = createSaleBoard({
    db: database.db,
    logger,
    ticketUrl,
    internalToken: new Secret(internalToken),
  });
  assert.ok((await board.schedules()).some((sale) => sale.eventId === eventId));
  await database.close();
  await assert.rejects(
    createSaleBoard({ db: database.db, logger, ticketUrl, internalToken: new Secret('x') }).schedules(),
  );
});
