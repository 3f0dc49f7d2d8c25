import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { setImmediate as breathe } from 'node:timers/promises';
import type { SeatChange, SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { buyerOf, poolInventory, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';
import { StreamClient } from './stream-client.ts';
import { applyEvents, readStream, seatStates } from '@urr/testkit/seat-stream.ts';

const seatCount = 4_000;
const quick = { MIRROR_INTERVAL_MS: '50', STATUS_INTERVAL_MS: '20' };

async function startStreaming(settings: Readonly<Record<string, string>> = {}, replicas = 1) {
  const fixture = await startTicket({ ...quick, ...settings }, replicas);
  const origins = await Promise.all(
    fixture.services.map((service) => service.app.listen({ port: 0, host: '127.0.0.1' })),
  );
  const inventory = seatInventory(seatsOf(2, seatCount / 2), { limitPerAccount: 20 });
  const eventId = await fixture.push(inventory);
  const url = (name: string, replica = 0) => `${origins[replica]}/api/v1/seats/events/${eventId}/${name}`;
  const status = async () => (await fetch(url('status'))).json() as Promise<SeatStatus>;
  const pay = async (seatIds: readonly number[]) => {
    const buyer = buyerOf(eventId);
    await fixture.confirm(await fixture.hold(buyer, seatIds), buyer);
  };
  return { ...fixture, inventory, eventId, url, status, pay };
}

test('two clients see the same changes, also those another replica made', async () => {
  const { url, hold, eventId, pay } = await startStreaming({}, 2);
  const clients = await Promise.all([0, 0, 1].map((replica) => readStream(url('stream', replica))));
  const [one, other, elsewhere] = clients;
  assert.equal(one?.response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  for (const client of clients) await client.waitFor(() => client.events[0]?.event === 'status');
  await hold(buyerOf(eventId), [1, 2], { replica: 0 });
  await hold(buyerOf(eventId), [5], { replica: 1 });
  await pay([9]);
  const expected = Array.from({ length: seatCount }, (_, id) => ({ 1: 1, 2: 1, 5: 1, 9: 2 })[id] ?? 0);
  const empty = Array.from({ length: seatCount }, () => 0);
  for (const client of clients)
    await client.waitFor(() => applyEvents(empty, client.events).join() === expected.join());
  assert.deepEqual(one?.events, other?.events);
  assert.notDeepEqual(
    one?.events.map((event) => event.id),
    elsewhere?.events.map((event) => event.id),
  );
  const last = JSON.parse(one?.events.at(-1)?.data ?? '') as SeatChange;
  assert.deepEqual(last.left, { grades: [seatCount - 4], pools: [] });
  await Promise.all(clients.map((client) => client.close()));
});

test('a client that comes back is told what it missed and nothing else', async () => {
  const { url, hold, eventId, status } = await startStreaming();
  const before = await status();
  const first = await readStream(url(`stream?after=${before.version}`));
  await hold(buyerOf(eventId), [3]);
  await first.waitFor(() => first.events.length === 1);
  await first.close();
  const seen = first.events[0]?.id ?? '';
  await hold(buyerOf(eventId), [4]);
  await waitUntil(async () => seatStates(await status(), seatCount)[4] === 1);
  await hold(buyerOf(eventId), [6]);
  await waitUntil(async () => seatStates(await status(), seatCount)[6] === 1);

  // What the browser has seen since counts more than the address it began with.
  const second = await readStream(url(`stream?after=${before.version}`), { 'last-event-id': seen });
  await second.waitFor(() => second.events.length >= 2);
  assert.deepEqual(
    second.events.map((event) => event.event),
    ['change', 'change'],
  );
  const drawn = applyEvents(seatStates(before, seatCount), [...first.events, ...second.events]);
  assert.deepEqual(drawn, seatStates(await status(), seatCount));
  await second.close();
});

test('a position nobody remembers is answered with the whole status', async () => {
  const { url, status } = await startStreaming();
  const { version } = await status();
  const [epoch = ''] = version.split('.');
  for (const position of [`${epoch}.999`, `${epoch}.0`, `${epoch}.x`, 'other.1', '..', epoch]) {
    const client = await readStream(url(`stream?after=${position}`));
    await client.waitFor(() => client.events.length === 1);
    assert.equal(client.events[0]?.event, 'status', position);
    assert.deepEqual(JSON.parse(client.events[0]?.data ?? ''), await status());
    await client.close();
  }
  const current = await readStream(url(`stream?after=${version}`));
  await current.waitFor(() => current.reader.retryMs.length === 1);
  assert.deepEqual(current.events, []);
  await current.close();
});

test('a change of most seats is sent as the whole status, and so is another price', async () => {
  const { url, push, pool, inventory, eventId } = await startStreaming();
  const client = await readStream(url('stream'));
  await client.waitFor(() => client.events.length === 1);
  await pool.query(
    `UPDATE seats SET state = 'blocked', changed_in = pg_current_xact_id() WHERE seat_id % 2 = 0 OR seat_id < 3000`,
  );
  await client.waitFor(() => client.events.length === 2);
  await push({ ...inventory, prices: [{ grade: 'R', price: 7 }] }, eventId);
  await client.waitFor(() => client.events.length === 3);
  const status = JSON.parse(client.events[2]?.data ?? '') as SeatStatus;
  assert.deepEqual([client.events[2]?.event, status.grades[0]?.price], ['status', 7]);
  await client.close();
});

test('places of a pool are told as they go', async () => {
  const { services, push, places } = await startTicket(quick);
  const { ticketTypeId, inventory } = poolInventory(10);
  const eventId = await push(inventory);
  const origin = await services[0]?.app.listen({ port: 0, host: '127.0.0.1' });
  const client = await readStream(`${origin}/api/v1/seats/events/${eventId}/stream`);
  await client.waitFor(() => client.events.length === 1);
  await places(buyerOf(eventId), ticketTypeId, 4);
  await client.waitFor(() => client.events.length === 2);
  assert.deepEqual((JSON.parse(client.events[1]?.data ?? '') as SeatChange).left, { grades: [], pools: [6] });
  await client.close();
});

test('one stream more than allowed is refused, and room comes back', async () => {
  const { url, inject } = await startStreaming({ STREAM_CLIENT_LIMIT: '2' });
  const clients = [await readStream(url('stream')), await readStream(url('stream'))];
  const refused = await fetch(url('stream'));
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers.get('retry-after')) >= 5);
  assert.match((await inject({ url: '/metrics' })).body, /seat_stream_clients\S* 2\n/);
  await clients[0]?.close();
  await waitUntil(async () => {
    const client = await readStream(url('stream'));
    await client.close();
    return client.response.status === 200;
  });
  await clients[1]?.close();
  const unknown = await inject({ url: `/api/v1/seats/events/${randomUUID()}/stream` });
  assert.equal(unknown.json<{ code: string }>().code, 'event-not-found');
});

test('a stopping server ends every stream and spreads who comes back', async () => {
  const { url, services } = await startStreaming();
  const clients = await Promise.all(Array.from({ length: 20 }, () => readStream(url('stream'))));
  for (const client of clients) await client.waitFor(() => client.events.length === 1);
  const startedAtMs = performance.now();
  await services[0]?.app.close();
  for (const client of clients) await client.waitFor(() => client.reader.isOver);
  assert.ok(performance.now() - startedAtMs < 2_000);
  assert.ok(new Set(clients.map((client) => client.reader.retryMs.at(-1))).size > 10);
});

test('a client that does not read is dropped; one that reads is not', async (context) => {
  const clients: StreamClient[] = [];
  let dropped = 0;
  const server = createServer((_request, response) => {
    clients.push(new StreamClient(response, () => (dropped += 1)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const open = () => connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  const [slow, keen] = [open(), open()];
  context.after(() => keen.destroy());
  for (const socket of [slow, keen]) socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  let received = 0;
  slow.pause();
  keen.on('data', (bytes) => (received += bytes.length));
  await waitUntil(() => clients.length === 2);
  const frame = Buffer.alloc(16 * 1024, 'x');
  let written = 0;
  // Far more than the kernel keeps for a connection.
  while (dropped === 0 && written < 256 * 1024 * 1024) {
    for (const client of clients) client.write(frame);
    written += frame.length;
    await waitUntil(() => received >= written);
    await breathe();
  }
  assert.equal(dropped, 1);
  assert.ok(received >= written);
});
