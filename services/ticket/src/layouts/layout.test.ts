import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { decodeCoordinates, type SeatLayout } from '@urr/contracts/ticket-reads.ts';
import { poolInventory, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

const halls = path.join(import.meta.dirname, '../../../../data/halls');
const layoutUrl = (eventId: string, version?: string) =>
  `/api/v1/seats/events/${eventId}/layout${version === undefined ? '' : `?v=${version}`}`;

async function readHall(name: string): Promise<LayoutSeat[]> {
  const lines = (await readFile(path.join(halls, `${name}.csv`), 'utf8')).trim().split('\n').slice(1);
  return lines.map((line) => {
    const [section = '', row = '', seat = '', grade = '', x, y, flags = ''] = line.trim().split(',');
    const names = flags.split(/[;| ]/).filter((flag) => flag !== '') as LayoutSeat['flags'];
    return { section, row, seat, grade, x: Number(x), y: Number(y), flags: names };
  });
}

function unfold(layout: SeatLayout): LayoutSeat[] {
  const places = layout.runs.flatMap(([section, row, count]) =>
    Array.from({ length: count }, () => ({ section: layout.sections[section] ?? '', row })),
  );
  const [x, y] = [decodeCoordinates(layout.x), decodeCoordinates(layout.y)];
  const flags = ['wheelchair', 'companion', 'blocked', 'restricted-view'] as const;
  return places.map((place, id) => ({
    ...place,
    seat: layout.labels[id] ?? '',
    grade: layout.grades[layout.grade[id] ?? -1] ?? '',
    x: x[id] ?? NaN,
    y: y[id] ?? NaN,
    flags: flags.filter((_, bit) => (((layout.flags[id] ?? 0) >> bit) & 1) === 1),
  }));
}

test('the dome of 15,000 seats travels in less than 32 KB and loses nothing', async () => {
  const { push, inject } = await startTicket();
  const seats = await readHall('dome');
  const eventId = await push(seatInventory(seats));
  const response = await inject({ url: layoutUrl(eventId), headers: { 'accept-encoding': 'gzip' } });
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-encoding'], 'gzip');
  assert.ok(response.rawPayload.length < 32 * 1024, `${response.rawPayload.length} bytes`);
  const layout = JSON.parse(gunzipSync(response.rawPayload).toString()) as SeatLayout;
  assert.equal(layout.seatCount, 15_000);
  assert.deepEqual(unfold(layout), seats);

  const brotli = await inject({ url: layoutUrl(eventId), headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.deepEqual(JSON.parse(brotliDecompressSync(brotli.rawPayload).toString()), layout);
  const plain = await inject({ url: layoutUrl(eventId), headers: { 'accept-encoding': 'gzip;q=0' } });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.deepEqual(plain.json(), layout);
});

test('only the version that is current is kept for a year', async () => {
  const { push, inject } = await startTicket();
  const inventory = seatInventory(seatsOf(2, 3));
  const eventId = await push(inventory);
  const unversioned = await inject({ url: layoutUrl(eventId) });
  assert.equal(unversioned.headers['cache-control'], 'public, max-age=10');
  const { version } = unversioned.json<SeatLayout>();
  const current = await inject({ url: layoutUrl(eventId, version) });
  assert.equal(current.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(current.headers['vary'], 'accept-encoding');
  const etag = String(current.headers['etag']);
  const again = await inject({ url: layoutUrl(eventId, version), headers: { 'if-none-match': etag } });
  assert.deepEqual([again.statusCode, again.body, again.headers['etag']], [304, '', etag]);

  await push({ ...inventory, prices: [{ grade: 'R', price: 1 }] }, eventId);
  assert.equal((await inject({ url: layoutUrl(eventId) })).json<SeatLayout>().version, version);
  const changed = seatInventory(seatsOf(3, 3));
  await push({ ...inventory, layout: changed.layout }, eventId);
  const old = await inject({ url: layoutUrl(eventId, version) });
  assert.equal(old.headers['cache-control'], 'public, max-age=10');
  assert.notEqual(old.json<SeatLayout>().version, version);
});

test('there is no layout of an unknown event or of pools', async () => {
  const { push, inject } = await startTicket();
  const eventId = await push(poolInventory(5).inventory);
  const codeOf = async (url: string) => {
    const response = await inject({ url });
    return [response.statusCode, response.json<{ code: string }>().code];
  };
  assert.deepEqual(await codeOf(layoutUrl(eventId)), [404, 'event-without-seats']);
  assert.deepEqual(await codeOf(layoutUrl(randomUUID())), [404, 'event-not-found']);
  assert.deepEqual(await codeOf(layoutUrl('nothing')), [422, 'invalid-input']);
  assert.deepEqual(await codeOf(layoutUrl(eventId, '%00')), [422, 'invalid-input']);
});
