import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createHotDocuments } from '@urr/platform/hot-documents.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { LiveSale } from '../live/live-sale.ts';
import { seatCode } from '../live/seat-mirror.ts';
import { StoreClock } from '../live/store-clock.ts';
import { seatsOf } from '../ticket.fixture.ts';
import { StatusFeeds } from './status-feeds.ts';

const text = { ko: '', en: '' };

function createFeeds() {
  const eventId = randomUUID();
  const now = new Date();
  const live = new LiveSale({
    eventId,
    ownerId: randomUUID(),
    revision: 1,
    title: text,
    venue: text,
    startsAt: now,
    saleOpensAt: now,
    saleEndsAt: now,
    limitPerAccount: 4,
    cancelled: false,
    layout: { layoutId: randomUUID(), version: 1, seats: seatsOf(1, 4) },
    prices: new Map([['R', 1]]),
    pools: [],
  });
  const memory = { isOpen: true, peeks: 0, opens: 0 };
  const hotDocuments = createHotDocuments();
  const feeds = new StatusFeeds({
    live: {
      clock: new StoreClock(),
      onLook: () => () => {},
      peek: () => {
        memory.peeks += 1;
        return memory.isOpen ? live : undefined;
      },
      open: (id) => {
        memory.opens += 1;
        return Promise.resolve(id === eventId ? live : undefined);
      },
    },
    hotDocuments,
    logger: createLogger('test', 'silent'),
    urlOf: (id) => `/${id}`,
    intervalMs: 100,
    clientLimit: 10,
  });
  let changedIn = 0;
  const hold = (seatId: number) =>
    live.seats.see({ seatId, code: seatCode.held, heldUntilMs: Infinity, changedIn: (changedIn += 1) });
  return { eventId, memory, hotDocuments, feeds, hold };
}

test('a status that is asked for is hot, and a tick keeps it true', async () => {
  const { eventId, hotDocuments, feeds, hold } = createFeeds();
  const first = await feeds.poll(eventId);
  assert.equal(hotDocuments.get(`/${eventId}`), first);
  feeds.tick();
  assert.equal(hotDocuments.get(`/${eventId}`), first);
  hold(2);
  feeds.tick();
  const second = hotDocuments.get(`/${eventId}`);
  assert.notEqual(second?.etag, first?.etag);
  assert.match(second?.body.toString() ?? '', /"seats":"EA=="/);
  assert.equal(await feeds.poll(randomUUID()), undefined);
});

test('now and then a poll must come by routing, and what nobody asks for any more is given up', async (context) => {
  const { eventId, memory, hotDocuments, feeds, hold } = createFeeds();
  let nowMs = performance.now();
  context.mock.method(performance, 'now', () => nowMs);
  await feeds.poll(eventId);
  nowMs += 31_000;
  feeds.tick();
  assert.equal(hotDocuments.get(`/${eventId}`), undefined);
  hold(1);
  feeds.tick();
  assert.equal(hotDocuments.get(`/${eventId}`), undefined);
  await feeds.poll(eventId);
  feeds.tick();
  assert.notEqual(hotDocuments.get(`/${eventId}`), undefined);
  nowMs += 61_000;
  feeds.tick();
  memory.peeks = 0;
  feeds.tick();
  assert.equal(memory.peeks, 0);
});

test('an event that memory had no room for is read again while somebody looks at it', async () => {
  const { eventId, memory, feeds } = createFeeds();
  await feeds.poll(eventId);
  memory.isOpen = false;
  memory.opens = 0;
  feeds.tick();
  assert.equal(memory.opens, 1);
});
