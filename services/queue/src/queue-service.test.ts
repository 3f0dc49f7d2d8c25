import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutMeasured, reservationConfirmed } from '@urr/contracts/domain-events.ts';
import type { ControlRoom, LineSample } from '@urr/contracts/queue-control.ts';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  call,
  createFan,
  createWorld,
  post,
  type Replica,
  saleSchedule,
  shortenSlots,
  type World,
} from './queue.fixture.ts';

let world: World;
let replica: Replica;
before(async () => {
  world = await createWorld();
  await shortenSlots(world, 1);
  replica = await world.startReplica();
});
after(() => world.close());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const state = async (eventId: string) => (await call<StateDocument>(replica, `${eventId}/state`)).body;
const admin = createFan('admin');

function envelope(type: string, data: Record<string, unknown>) {
  return {
    specversion: '1.0' as const,
    id: randomUUID(),
    source: '/test',
    type,
    subject: 'x',
    time: inSeconds(0),
    data,
  };
}

test('the state document comes from memory with an ETag, and a repeat costs no body', async () => {
  const eventId = await world.publish({ capacity: 1 });
  await sleep(300);
  const url = `${replica.origin}/api/v1/queue/${eventId}/state`;
  const first = await fetch(url);
  assert.equal(first.headers.get('cache-control'), 'public, max-age=1');
  const etag = String(first.headers.get('etag'));
  assert.deepEqual(((await first.json()) as StateDocument).stock, { VIP: 5 });
  assert.equal((await fetch(url, { headers: { 'if-none-match': etag } })).status, 304);
  const unusual = await fetch(`${replica.origin}/api/v1/queue/${eventId.toUpperCase()}/state?x=1`);
  assert.equal(unusual.headers.get('etag'), etag);
  assert.equal((await call(replica, `${randomUUID()}/state`)).body['code'], 'sale-not-found');
});

test('before the lobby opens joining is refused with the time to come back', async () => {
  const eventId = await world.publish({ lobbyOpensAt: inSeconds(90), opensAt: inSeconds(120) });
  await sleep(250);
  const { status, body } = await post(replica, `${eventId}/join`, createFan());
  assert.deepEqual([status, body['code']], [409, 'lobby-not-open']);
  assert.ok(Number(body['retryAfter']) > 80);
});

test('a sale that is cancelled or over takes nobody, and says so to those who wait', async () => {
  const eventId = await world.publish({ capacity: 1 });
  const fan = createFan();
  await post(replica, `${eventId}/join`, fan);
  const sale = world.sales.get(eventId) ?? assert.fail();
  world.sales.set(eventId, { ...sale, cancelled: true });
  await waitUntil(async () => (await state(eventId)).phase === 'cancelled');
  assert.equal((await post(replica, `${eventId}/join`, createFan())).body['code'], 'sale-closed');
  assert.equal((await post(replica, `${eventId}/enter`, fan)).body['code'], 'sale-closed');
  world.sales.set(eventId, { ...sale, endsAt: inSeconds(-1) });
  await waitUntil(async () => (await state(eventId)).phase === 'ended');
  assert.equal((await post(replica, `${eventId}/join`, createFan())).body['code'], 'sale-closed');
});

test('sold out stops calling without taking a place, and seats that come back go on with the line', async () => {
  const eventId = await world.publish({ soldOut: true, threshold: 10 });
  const fan = createFan();
  assert.equal((await post<Place>(replica, `${eventId}/join`, fan)).body.state, 'waiting');
  await waitUntil(async () => (await state(eventId)).phase === 'soldout');
  assert.equal((await post(replica, `${eventId}/enter`, fan)).body['code'], 'nothing-left');
  world.sales.set(eventId, { ...(world.sales.get(eventId) ?? assert.fail()), soldOut: false });
  await waitUntil(async () => (await state(eventId)).serving === 1);
  assert.equal((await post(replica, `${eventId}/enter`, fan)).status, 200);
});

test('entering without a place, before the turn, or after the slot is refused with what to do', async () => {
  const eventId = await world.publish({ capacity: 1, slotSeconds: 30, ratePerSecond: 100, threshold: 5 });
  const [first, second] = [createFan(), createFan()];
  assert.equal((await post(replica, `${eventId}/enter`, first)).body['code'], 'place-not-found');
  await post(replica, `${eventId}/join`, first);
  await post(replica, `${eventId}/enter`, first);
  await post(replica, `${eventId}/join`, second);
  const early = await post(replica, `${eventId}/enter`, second);
  assert.deepEqual([early.status, early.body['code'], early.body['retryAfter']], [409, 'not-your-turn', 1]);
  assert.equal(early.headers.get('retry-after'), '1');
  await sleep(1_300);
  assert.equal((await post(replica, `${eventId}/enter`, first)).body['code'], 'place-used');
  assert.equal((await call<Place>(replica, `${eventId}/me`, { fan: first })).body.state, 'done');
  assert.equal((await post<Place>(replica, `${eventId}/join`, first)).body.number, 3);
});

test('leaving gives place and slot back, twice as well as once', async () => {
  const eventId = await world.publish({ capacity: 1, threshold: 5 });
  const fan = createFan();
  assert.equal((await post(replica, `${eventId}/leave`, fan)).body['code'], 'place-not-found');
  await post(replica, `${eventId}/join`, fan);
  await post(replica, `${eventId}/enter`, fan);
  for (let time = 0; time < 2; time += 1)
    assert.deepEqual((await post(replica, `${eventId}/leave`, fan)).body, { state: 'left' });
  assert.equal((await call<Place>(replica, `${eventId}/me`, { fan })).body.state, 'done');
  assert.equal((await call<ControlRoom>(replica, `${eventId}/control`, { fan: admin })).body.active, 0);
});

test('a confirmed reservation frees its slot once, however often the event arrives', async () => {
  const eventId = await world.publish({ capacity: 1, threshold: 5 });
  const fan = createFan();
  await post(replica, `${eventId}/join`, fan);
  await post(replica, `${eventId}/enter`, fan);
  const facts = {
    reservationId: randomUUID(),
    eventId,
    accountId: fan.accountId,
    paymentId: randomUUID(),
    amount: 1,
  };
  const confirmed = envelope(reservationConfirmed.type, { ...facts, seatIds: [], grades: [], ticketIds: [] });
  await world.bus.publish('reservation-events', [confirmed]);
  assert.equal((await call<Place>(replica, `${eventId}/me`, { fan })).body.state, 'done');
  await post(replica, `${eventId}/join`, fan);
  assert.equal((await post(replica, `${eventId}/enter`, fan)).status, 200);
  await world.bus.publish('reservation-events', [confirmed]);
  assert.equal((await call<Place>(replica, `${eventId}/me`, { fan })).body.state, 'admitted');
});

test('a suffering checkout slows the line down', async () => {
  const eventId = await world.publish({ ratePerSecond: 100 });
  const figures = { eventId, windowSeconds: 5, confirmations: 20, failures: 0, p95Ms: 20_000 };
  for (let window = 0; window < 3; window += 1)
    await world.bus.publish('payment-events', [envelope(checkoutMeasured.type, figures)]);
  const room = (await call<ControlRoom>(replica, `${eventId}/control`, { fan: admin })).body;
  assert.ok(Math.abs(room.effectiveRate - 34.3) < 0.01, String(room.effectiveRate));
  assert.equal(room.checkout?.p95Ms, 20_000);
});

test('the control room opens once, and writes down every change', async () => {
  const eventId = await world.publish({ opensAt: inSeconds(600), lobbyOpensAt: inSeconds(300) });
  const control = (body: unknown, who = admin) => post<ControlRoom>(replica, `${eventId}/control`, who, body);
  const opened = await control({ action: 'open' });
  const again = await control({ action: 'open' });
  assert.equal(again.body.opensAt, opened.body.opensAt);
  await waitUntil(async () => (await state(eventId)).phase === 'open');
  await control({ action: 'capacity', capacity: 7 });
  await control({ action: 'rate', ratePerSecond: 3 });
  for (let time = 0; time < 2; time += 1)
    await control({ action: 'pause', notice: { ko: '잠시만요', en: 'One moment' } });
  await control({ action: 'resume' });
  const { body } = await call<{ entries: { id: number; action: string; before: unknown; after: unknown }[] }>(
    replica,
    `${eventId}/control/audit`,
    { fan: admin },
  );
  assert.deepEqual(
    body.entries.map((entry) => entry.action),
    ['line.resume', 'line.pause', 'line.rate', 'line.capacity', 'line.open', 'line.create'],
  );
  const change = body.entries[3] as { before: { capacity: number }; after: { capacity: number } };
  assert.deepEqual([change.before.capacity, change.after.capacity], [100, 7]);
  const page = await call<{ entries: unknown[] }>(
    replica,
    `${eventId}/control/audit?limit=2&before=${body.entries[1]?.id}`,
    { fan: admin },
  );
  assert.equal(page.body.entries.length, 2);
});

test('a line is remembered from the first look at it', async () => {
  const eventId = await world.publish({ threshold: 5 });
  const path = `${eventId}/control/history`;
  const read = async () =>
    (await call<{ samples: LineSample[] }>(replica, path, { fan: admin })).body.samples;
  await waitUntil(async () => (await read()).length === 1);
  const [first] = await read();
  assert.deepEqual([first?.issued, first?.serving, first?.active], [0, 0, 0]);
  assert.ok(Math.abs(Date.now() - Date.parse(first?.at ?? '')) < 5_000);
});

test('draining takes nobody new and serves those in line', async () => {
  const eventId = await world.publish({ ratePerSecond: 50 });
  const fan = createFan();
  await post(replica, `${eventId}/join`, fan);
  await post(replica, `${eventId}/control`, admin, { action: 'drain' });
  assert.equal((await post(replica, `${eventId}/join`, createFan())).body['code'], 'line-closed');
  assert.equal((await post<Place>(replica, `${eventId}/join`, fan)).body.number, 1);
  await waitUntil(async () => (await state(eventId)).serving === 1);
  assert.equal((await post(replica, `${eventId}/enter`, fan)).status, 200);
});

test('lines go on without catalog', async () => {
  const eventId = await world.publish({ threshold: 5 });
  const alone = await world.startReplica({ CATALOG_SERVICE_URL: 'http://127.0.0.1:1' });
  assert.equal((await post(alone, `${eventId}/join`, createFan())).status, 200);
});

test('bad input is a problem of the table, and changes nothing', async () => {
  const eventId = await world.publish(saleSchedule({ capacity: 1 }));
  const fan = createFan();
  const count = async () =>
    (
      await world.pool.query<{ sum: string }>(
        "SELECT (SELECT count(*) FROM places) || '-' || (SELECT count(*) FROM audit_log) AS sum",
      )
    ).rows[0]?.sum;
  const before_ = await count();
  const odd = [
    'x',
    '%00',
    '..',
    '0',
    '-1',
    `${eventId}x`,
    'a'.repeat(300),
    '00000000-0000-0000-0000-000000000000',
  ];
  for (const id of odd) {
    for (const action of ['join', 'enter', 'leave', 'control'])
      assertRefused(await post(replica, `${id}/${action}`, admin, { action: 'open' }), `${id}/${action}`);
    for (const action of ['state', 'me', 'draw', 'draw/proof', 'control', 'control/audit', 'control/history'])
      assertRefused(await call(replica, `${id}/${action}`, { fan: admin }), `${id}/${action}`);
  }
  for (const body of [
    1,
    'x',
    [],
    true,
    { receipt: 1 },
    { receipt: null },
    { receipt: 'x'.repeat(401) },
    { receipt: '\u0000' },
  ])
    assertRefused(await post(replica, `${eventId}/join`, fan, body), JSON.stringify(body));
  const controls = [
    null,
    {},
    { action: 'explode' },
    { action: 'capacity', capacity: -1 },
    { action: 'capacity', capacity: 2 ** 40 },
    { action: 'capacity', capacity: 1.5 },
    { action: 'rate', ratePerSecond: 0 },
    { action: 'pause' },
    { action: 'pause', notice: { ko: '\u0000', en: 'x' } },
    { action: 'pause', notice: { ko: '\ud800', en: 'x' } },
    { action: 'pause', notice: { ko: '가'.repeat(41), en: 'x' } },
    { action: 'open', opensAt: '2020-01-01T00:00:00Z' },
  ];
  for (const body of controls)
    assertRefused(await post(replica, `${eventId}/control`, admin, body), JSON.stringify(body));
  for (const query of ['before=0', 'before=x', 'before=1e30', 'limit=0', 'limit=201'])
    assertRefused(await call(replica, `${eventId}/control/audit?${query}`, { fan: admin }), query);
  for (const action of ['join', 'enter', 'leave'])
    assert.equal((await call(replica, `${eventId}/${action}`, { method: 'POST' })).status, 401);
  assert.equal(await count(), before_);
});

function assertRefused(
  answer: { status: number; body: Record<string, unknown>; headers: Headers },
  what: string,
): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what} answered ${answer.status}`);
  assert.match(String(answer.headers.get('content-type')), /^application\/problem\+json/, what);
  assert.equal(typeof answer.body['code'], 'string', what);
}
