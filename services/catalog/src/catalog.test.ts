import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import * as routes from '@urr/contracts/catalog.ts';
import { readSales } from '@urr/contracts/catalog-internal.ts';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  bodyOf,
  type CatalogUnderTest,
  internalToken,
  someone,
  startCatalog,
} from './testing/catalog-under-test.ts';

let catalog: CatalogUnderTest;
before(async () => (catalog = await startCatalog()));
after(() => catalog.stop());

const data = new URL('../../../data/', import.meta.url);
const readSalesNow = async () =>
  bodyOf(await catalog.call(readSales, {}, undefined, { [internalTokenHeader]: internalToken })).sales;

test('a hall of 15,000 seats is imported within 3 s, its show published within 5 s and queued for', async () => {
  const organiser = someone('organiser');
  const csv = await readFile(new URL('halls/dome.csv', data), 'utf8');
  const hall = { slug: 'dome', name: { ko: '돔', en: 'Dome' }, csv };
  const importStarted = performance.now();
  const report = bodyOf(await catalog.call(routes.importHall, { body: hall, query: {} }, organiser));
  const importMs = performance.now() - importStarted;
  assert.equal(report.seats, 15_000);
  assert.ok(importMs < 3_000, `${importMs} ms`);

  const file = await readFile(new URL('demo/mirisae-orbit.json', data), 'utf8');
  const input = JSON.parse(file) as EventInput;
  const draft = bodyOf(await catalog.call(routes.importEvent, { body: input }, organiser));
  assert.equal(draft.state, 'draft');
  const { eventId } = draft;
  const publishStarted = performance.now();
  const published = bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
  const publishMs = performance.now() - publishStarted;
  assert.equal(published.organiser?.inventory, 'ready');
  assert.ok(publishMs < 5_000, `${publishMs} ms`);
  assert.equal(catalog.ticket.inventories.get(eventId)?.layout?.seats.length, 15_000);
  console.log(`import ${importMs.toFixed(0)} ms, publish ${publishMs.toFixed(0)} ms`);

  await waitUntil(async () =>
    (await readSalesNow()).some((sale) => sale.eventId === eventId && sale.stock.length > 0),
  );
  const [sale] = await readSalesNow();
  assert.equal(sale?.capacity, input.sale.capacity);
  const opensAt = Date.parse(sale?.opensAt ?? '');
  assert.equal(opensAt - Date.parse(sale?.lobbyOpensAt ?? ''), input.sale.lobbyMinutes * 60_000);
});
