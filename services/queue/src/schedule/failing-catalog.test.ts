import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSlowLink, type SlowLink } from '@urr/testkit/slow-link.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { call, createFan, createWorld, post, saleSchedule, type World } from '../queue.fixture.ts';

let world: World;
let link: SlowLink;
before(async () => {
  world = await createWorld();
  link = await openSlowLink(Number(new URL(world.catalogUrl).port));
});
after(async () => {
  await link.stop();
  await world.close();
});

const isKnown = async (eventId: string) =>
  (await world.pool.query('SELECT FROM sales WHERE event_id = $1', [eventId])).rowCount === 1;

test('while catalog hangs the lines go on, and what is new is learnt when it answers again', async () => {
  const replica = await world.startReplica({ CATALOG_SERVICE_URL: `http://127.0.0.1:${link.port}` });
  const eventId = await world.publish({ threshold: 5 });
  await waitUntil(async () => (await call(replica, `${eventId}/state`)).status === 200);
  link.stall();
  const news = saleSchedule();
  world.sales.set(news.eventId, news);
  const startedAt = performance.now();
  for (let fan = 0; fan < 3; fan += 1)
    assert.equal((await post(replica, `${eventId}/join`, createFan())).status, 200);
  assert.ok(performance.now() - startedAt < 1_500);
  assert.ok(!(await isKnown(news.eventId)));
  await link.forward();
  await waitUntil(() => isKnown(news.eventId), { timeoutMs: 8_000, what: 'the new sale to be learnt' });
});

test('a stranger at the address of catalog changes no line', async () => {
  const stranger = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answers.at(-1));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const { port } = stranger.address() as AddressInfo;
  const eventId = await world.publish({ threshold: 5 });
  const made = { ...saleSchedule(), capacity: 'all of them' };
  const answers = ['<html>', '{"status":"ok"}', '', JSON.stringify({ sales: [made] })];
  const replica = await world.startReplica({ CATALOG_SERVICE_URL: `http://127.0.0.1:${port}` });
  for (; answers.length > 0; answers.pop()) {
    await sleep(150);
    assert.equal((await post(replica, `${eventId}/join`, createFan())).status, 200, answers.at(-1));
  }
  assert.ok(!(await isKnown(made.eventId)));
  await replica.stop();
  stranger.closeAllConnections();
  stranger.close();
});

test('an answer of another shape leaves a schedule as it was, and the next turn learns', async (context) => {
  const sale = saleSchedule();
  const misshapen = { ...sale, capacity: '7', stock: undefined };
  let sales: unknown[] = [sale];
  const asked: unknown[][] = [];
  const catalog = createServer((_request, response) => {
    asked.push(sales);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sales }));
  }).listen(0, '127.0.0.1');
  context.after(() => {
    catalog.closeAllConnections();
    catalog.close();
  });
  await once(catalog, 'listening');
  const { port } = catalog.address() as AddressInfo;
  await world.startReplica({ CATALOG_SERVICE_URL: `http://127.0.0.1:${port}` });
  const capacity = async () =>
    (
      await world.pool.query<{ capacity: number }>('SELECT capacity FROM sales WHERE event_id = $1', [
        sale.eventId,
      ])
    ).rows[0]?.capacity;
  await waitUntil(async () => (await capacity()) === 100, { what: 'the sale to be learnt' });
  sales = [misshapen];
  await waitUntil(() => asked.filter((answer) => answer[0] === misshapen).length > 2);
  assert.equal(await capacity(), 100);
  sales = [{ ...sale, capacity: 8 }];
  await waitUntil(async () => (await capacity()) === 8, { what: 'the change to be learnt' });
});
