import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket, TicketSecret } from '@urr/contracts/ticket-reads.ts';
import QRCode from 'qrcode';
import { buyerOf, poolInventory, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';
import { ask, buyTickets, payloadAt } from './ticket-reader.fixture.ts';

test('a ticket says where to go, for a seat and for a place', async () => {
  const fixture = await startTicket();
  const inventory = seatInventory(seatsOf(2, 5));
  const eventId = await fixture.push(inventory);
  const { buyer, reservation, ticketIds } = await buyTickets(fixture, eventId, [6]);
  const { issuedAt, ...ticket } = (await ask(fixture, buyer, ticketIds[0] ?? '')).json<Ticket>();
  assert.ok(Math.abs(Date.parse(issuedAt) - Date.now()) < 60_000);
  assert.deepEqual(ticket, {
    ticketId: ticketIds[0],
    eventId,
    reservationId: reservation.reservationId,
    title: inventory.title,
    venue: inventory.venue,
    startsAt: inventory.startsAt,
    state: 'valid',
    grade: 'R',
    seat: { seatId: 6, section: 'FLOOR', row: '2', seat: '2' },
    pool: null,
    price: 50_000,
    refundableUntil: new Date(Date.parse(inventory.startsAt) - 24 * 3_600_000).toISOString(),
    usedAt: null,
  });

  const { ticketTypeId, inventory: standing } = poolInventory(9);
  const concert = await fixture.push(standing);
  const fan = buyerOf(concert);
  const held = (await fixture.places(fan, ticketTypeId, 2)).json<{ reservationId: string; amount: number }>();
  await fixture.confirm(held, fan);
  const { tickets } = (await ask(fixture, fan, 'my')).json<{ tickets: Ticket[] }>();
  const pool = { ticketTypeId, name: { ko: '스탠딩', en: 'Standing' } };
  assert.deepEqual(
    tickets.map((one) => [one.pool, one.seat]),
    [
      [pool, null],
      [pool, null],
    ],
  );
});

test('labels follow a corrected inventory, also long after the sale', async () => {
  const fixture = await startTicket();
  const inventory = seatInventory(seatsOf(1, 5));
  const eventId = await fixture.push(inventory);
  const { buyer, ticketIds } = await buyTickets(fixture, eventId, [0]);
  const title = { ko: '새 제목', en: 'New title' };
  await fixture.push({ ...inventory, title }, eventId);
  const events = await Promise.all(
    Array.from({ length: 10 }, () => fixture.push(seatInventory(seatsOf(1, 2)))),
  );
  const owner = { accountId: buyer.accountId };
  for (const other of events) await buyTickets(fixture, other, [1], owner.accountId);
  for (let round = 0; round < 2; round += 1) {
    assert.deepEqual((await ask(fixture, buyer, ticketIds[0] ?? '')).json<Ticket>().title, title);
    const { tickets } = (await ask(fixture, buyer, 'my')).json<{ tickets: Ticket[] }>();
    assert.deepEqual(
      tickets.map((ticket) => ticket.seat?.seat),
      [...events.map(() => '2'), '1'],
    );
  }
});

test('my tickets come in pages, newest first, of one event when asked', async () => {
  const fixture = await startTicket();
  const accountId = randomUUID();
  const inventory = seatInventory(seatsOf(1, 10), { limitPerAccount: 10 });
  const [one, other] = [await fixture.push(inventory), await fixture.push(seatInventory(seatsOf(1, 5)))];
  const { buyer } = await buyTickets(fixture, one, [0, 1, 2, 3], accountId);
  await buyTickets(fixture, other, [0], accountId);
  await buyTickets(fixture, one, [4, 5], accountId);
  const seen: Ticket[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const page = await ask(fixture, buyer, `my?limit=2${next === '' ? '' : `&before=${next}`}`);
    const answer = page.json<{ tickets: Ticket[]; next?: string }>();
    seen.push(...answer.tickets);
    next = answer.next;
  }
  assert.equal(new Set(seen.map((ticket) => ticket.ticketId)).size, 7);
  const times = seen.map((ticket) => ticket.issuedAt);
  assert.deepEqual(times, [...times].sort().reverse());
  const filtered = await ask(fixture, buyer, `my?eventId=${one}`);
  assert.equal(filtered.json<{ tickets: Ticket[] }>().tickets.length, 6);
  const broken = await ask(fixture, buyer, 'my?before=nonsense');
  assert.equal(broken.json<{ code: string }>().code, 'invalid-input');
});

test("another's ticket does not exist", async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 5)));
  const { ticketIds } = await buyTickets(fixture, eventId, [0]);
  const stranger = buyerOf(eventId, { role: 'admin' });
  for (const part of ['', '/qr', '/secret']) {
    for (const ticketId of [ticketIds[0], randomUUID()]) {
      const answer = await ask(fixture, stranger, `${ticketId}${part}`);
      assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [404, 'ticket-not-found']);
    }
    const anonymous = await fixture.inject({ url: `/api/v1/tickets/${ticketIds[0]}${part}` });
    assert.equal(anonymous.statusCode, 401);
  }
  assert.deepEqual((await ask(fixture, stranger, 'my')).json(), { tickets: [] });
});

test('the QR is the picture of what a device computes offline, and says when it changes', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 5)));
  const { buyer, ticketIds } = await buyTickets(fixture, eventId, [0]);
  const read = async () => {
    const answer = await ask(fixture, buyer, `${ticketIds[0]}/secret`);
    assert.equal(answer.headers['cache-control'], 'private, no-store');
    return answer.json<TicketSecret>();
  };
  let secret = await read();
  // Not across the change of a period.
  if (Date.parse(secret.now) % 30_000 > 25_000) {
    await sleep(5_100);
    secret = await read();
  }
  const qr = await ask(fixture, buyer, `${ticketIds[0]}/qr`);
  assert.match(String(qr.headers['content-type']), /^image\/svg\+xml/);
  const svg = (nowMs: number) =>
    QRCode.toString(payloadAt(secret, nowMs), { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  const nowMs = Date.parse(secret.now);
  assert.equal(qr.body, await svg(nowMs));
  assert.notEqual(qr.body, await svg(nowMs + 30_000));
  const rotatesAtMs = Date.parse(String(qr.headers['x-rotates-at']));
  assert.equal(rotatesAtMs, (Math.floor(nowMs / 30_000) + 1) * 30_000);
  const maxAge = Number(/^private, max-age=(\d+)$/.exec(String(qr.headers['cache-control']))?.[1]);
  assert.ok(maxAge >= 1 && maxAge <= (rotatesAtMs - nowMs) / 1000, String(maxAge));
});

test('a ticket that cannot be used has no QR', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 5)));
  const { buyer, ticketIds } = await buyTickets(fixture, eventId, [0, 1, 2]);
  const [returning, returned, used] = ticketIds;
  await fixture.pool.query(
    `UPDATE tickets SET state = CASE ticket_id WHEN $1 THEN 'returning' WHEN $2 THEN 'returned' ELSE 'used' END,
       used_at = CASE ticket_id WHEN $3 THEN now() END`,
    [returning, returned, used],
  );
  for (const part of ['qr', 'secret']) {
    const codes = await Promise.all(
      ticketIds.map(async (id) => {
        const { code, data } = (await ask(fixture, buyer, `${id}/${part}`)).json<{
          code: string;
          data: object;
        }>();
        return [code, 'state' in data ? data.state : 'usedAt' in data];
      }),
    );
    assert.deepEqual(codes, [
      ['ticket-not-valid', 'returning'],
      ['ticket-not-valid', 'returned'],
      ['ticket-already-used', true],
    ]);
  }
});
