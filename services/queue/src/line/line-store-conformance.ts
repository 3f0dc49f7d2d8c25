import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { LineSchedule, LineStore, NumberedPlace } from './line-store.ts';

/** A schedule that is open now, unless told otherwise. Times are made of seconds from now. */
export function lineSchedule(
  overrides: Partial<LineSchedule> & { readonly lobbyIn?: number; readonly opensIn?: number; readonly endsIn?: number } = {},
): LineSchedule {
  const { lobbyIn = -1800, opensIn = -1, endsIn = 86_400, ...rest } = overrides;
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  return {
    eventId: randomUUID(),
    lobbyOpensAt: at(lobbyIn),
    opensAt: at(opensIn),
    endsAt: at(endsIn),
    capacity: 10,
    ratePerSecond: 1000,
    threshold: 0,
    slotSeconds: 600,
    claimSeconds: 60,
    isCancelled: false,
    isSoldOut: false,
    secret: randomBytes(32),
    leafKey: randomBytes(32),
    ...rest,
  };
}

/** Joins people and answers the places they got, numbered as after opening. */
export async function joinMany(store: LineStore, eventId: string, accountIds: readonly string[]): Promise<NumberedPlace[]> {
  const people = accountIds.map((accountId) => ({ accountId, receiptArrival: null }));
  const outcome = await store.join(eventId, people, null);
  assert.equal(outcome.kind, 'joined');
  const arrivals = outcome.kind === 'joined' ? outcome.arrivals : [];
  return accountIds.map((accountId, index) => {
    const arrival = arrivals[index] ?? assert.fail('no place given');
    return { accountId, arrival, number: arrival };
  });
}

/** Names of so many new accounts. */
export function accounts(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

async function opened(store: LineStore, overrides: Parameters<typeof lineSchedule>[0] = {}): Promise<string> {
  const schedule = lineSchedule(overrides);
  await store.saveSchedules([schedule]);
  return schedule.eventId;
}

async function saleOf(store: LineStore, eventId: string) {
  return (await store.readSale(eventId)) ?? assert.fail('the sale is unknown');
}

async function kinds(store: LineStore, eventId: string, people: readonly NumberedPlace[], bearable: number | null = null) {
  return (await store.enter(eventId, people, bearable)).map((outcome) => outcome.kind);
}

/** What every adapter of `LineStore` must do; `createStore` answers one over an empty or shared engine. */
export function lineStoreConformance(createStore: () => LineStore): void {
  joining(createStore);
  pacing(createStore);
  leaving(createStore);
  drawing(createStore);
  settings(createStore);
}

function joining(createStore: () => LineStore): void {
  test('a join gives numbers in order, and the same one again', async () => {
    const store = createStore();
    const eventId = await opened(store);
    const [a = '', b = '', c = ''] = accounts(3);
    const first = await joinMany(store, eventId, [a, b, a]);
    assert.deepEqual(first.map((place) => place.number), [1, 2, 1]);
    const second = await joinMany(store, eventId, [b, c]);
    assert.deepEqual(second.map((place) => place.number), [2, 3]);
  });

  test('nobody joins before the lobby, after the end, or a line that is not there', async () => {
    const store = createStore();
    const person = [{ accountId: randomUUID(), receiptArrival: null }];
    const kindOf = async (eventId: string) => (await store.join(eventId, person, null)).kind;
    assert.equal(await kindOf(await opened(store, { lobbyIn: 60, opensIn: 120 })), 'scheduled');
    assert.equal(await kindOf(await opened(store, { endsIn: -1 })), 'ended');
    assert.equal(await kindOf(await opened(store, { isCancelled: true })), 'cancelled');
    assert.equal(await kindOf(randomUUID()), 'unknown');
  });

  test('a receipt brings a place back only where the store has lost it', async () => {
    const store = createStore();
    const eventId = await opened(store);
    const [a = '', b = '', c = ''] = accounts(3);
    await joinMany(store, eventId, [a]);
    const restored = await store.join(eventId, [{ accountId: b, receiptArrival: 57 }], null);
    assert.deepEqual(restored.kind === 'joined' && restored.arrivals, [57]);
    const taken = await store.join(eventId, [{ accountId: c, receiptArrival: 1 }], null);
    assert.deepEqual(taken.kind === 'joined' && taken.arrivals, [58], 'a taken place is not given twice');
    const known = await store.join(eventId, [{ accountId: a, receiptArrival: 40 }], null);
    assert.deepEqual(known.kind === 'joined' && known.arrivals, [1], 'a place the store has does not move');
  });

  test('below the threshold a join calls whom it can at once', async () => {
    const store = createStore();
    const eventId = await opened(store, { threshold: 5, capacity: 3 });
    const places = await joinMany(store, eventId, accounts(5));
    assert.equal((await saleOf(store, eventId)).serving, 3);
    assert.deepEqual(await kinds(store, eventId, places), ['admitted', 'admitted', 'admitted', 'not-yet', 'not-yet']);
  });
}

function pacing(createStore: () => LineStore): void {
  test('serving stops at the capacity and goes on when a slot is given back', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 2 });
    const places = await joinMany(store, eventId, accounts(4));
    await store.advance(eventId, null);
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 2);
    assert.deepEqual(await kinds(store, eventId, places.slice(0, 3)), ['admitted', 'admitted', 'not-yet']);
    const [first] = places;
    await store.leave(eventId, first?.accountId ?? '', 1, 1);
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 3);
    await store.releaseSlot(randomUUID(), eventId, places[1]?.accountId ?? '');
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 4);
  });

  test('no second has more admissions than the rate, nor than checkout bears', async () => {
    const store = createStore();
    const eventId = await opened(store, { ratePerSecond: 3, threshold: 100, capacity: 100 });
    const places = await joinMany(store, eventId, accounts(8));
    assert.equal((await saleOf(store, eventId)).serving, 3);
    assert.deepEqual((await kinds(store, eventId, places.slice(0, 2), 2)), ['admitted', 'admitted']);
    assert.deepEqual((await kinds(store, eventId, places.slice(2, 3), 2)), ['not-yet']);
    assert.deepEqual((await kinds(store, eventId, places.slice(2, 3))), ['admitted']);
  });

  test('a slot ends by itself, and its owner must join again', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 1, slotSeconds: 1, threshold: 9 });
    const [a, b] = await joinMany(store, eventId, accounts(2));
    if (a === undefined || b === undefined) return assert.fail();
    assert.deepEqual(await kinds(store, eventId, [a]), ['admitted']);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await store.advance(eventId, null);
    assert.deepEqual(await kinds(store, eventId, [b]), ['admitted']);
    assert.deepEqual(await kinds(store, eventId, [a]), ['used']);
    const again = await joinMany(store, eventId, [a.accountId]);
    assert.equal(again[0]?.number, 3);
  });

  test('who misses the claim window goes first when a slot frees', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 1, claimSeconds: 1, threshold: 0 });
    const [late, next, last] = await joinMany(store, eventId, accounts(3));
    if (late === undefined || next === undefined || last === undefined) return assert.fail();
    await store.advance(eventId, null);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 2, 'the unclaimed slot went to the next');
    assert.deepEqual(await kinds(store, eventId, [late]), ['not-yet'], 'the slot is kept for whom it was called');
    assert.deepEqual(await kinds(store, eventId, [next]), ['admitted']);
    assert.deepEqual(await kinds(store, eventId, [late]), ['not-yet']);
    await store.leave(eventId, next.accountId, next.arrival, next.number);
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 2, 'nobody new is called before who came back');
    assert.deepEqual(await kinds(store, eventId, [late]), ['admitted']);
  });

  test('the same slot answers every device, and a message twice frees one slot once', async () => {
    const store = createStore();
    const eventId = await opened(store, { threshold: 9, capacity: 1 });
    const [a] = await joinMany(store, eventId, accounts(1));
    if (a === undefined) return assert.fail();
    const [first] = await store.enter(eventId, [a], null);
    assert.deepEqual(await store.enter(eventId, [a], null), [first]);
    const message = randomUUID();
    await store.releaseSlot(message, eventId, a.accountId);
    const [again] = await joinMany(store, eventId, [a.accountId]);
    if (again === undefined) return assert.fail();
    assert.deepEqual(await kinds(store, eventId, [again]), ['admitted']);
    await store.releaseSlot(message, eventId, a.accountId);
    assert.deepEqual(await kinds(store, eventId, [again]), ['admitted']);
  });
}

function leaving(createStore: () => LineStore): void {
  test('who leaves is skipped, and comes back at the end', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 1 });
    const people = await joinMany(store, eventId, accounts(5));
    for (const place of people.slice(0, 4))
      assert.equal(await store.leave(eventId, place.accountId, place.arrival, place.number), 'left');
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 5);
    const [again] = await joinMany(store, eventId, [people[0]?.accountId ?? '']);
    assert.equal(again?.number, 6);
  });

  test('a long run of leavers does not hold serving up', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 1 });
    const people = await joinMany(store, eventId, accounts(300));
    for (const place of people.slice(0, 297)) await store.leave(eventId, place.accountId, place.arrival, place.number);
    await store.advance(eventId, null);
    assert.equal((await saleOf(store, eventId)).serving, 298);
  });
}

function drawing(createStore: () => LineStore): void {
  test('the lobby freezes at opening, and one draw stands', async () => {
    const store = createStore();
    const schedule = lineSchedule({ opensIn: 0.5 });
    const { eventId } = schedule;
    await store.saveSchedules([schedule]);
    const lobby = accounts(3);
    await joinMany(store, eventId, lobby);
    await store.leave(eventId, lobby[1] ?? '', 2, null);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const late = await joinMany(store, eventId, accounts(1));
    const sale = await saleOf(store, eventId);
    assert.deepEqual([sale.phase, sale.lobbySize, late[0]?.arrival], ['drawing', 3, 4]);
    assert.equal(await store.leave(eventId, lobby[0] ?? '', 1, null), 'drawing', 'the roster does not change');
    const roster = await store.readRoster(eventId, 0, 3);
    const [first = '', , third = ''] = lobby.map((accountId) => accountId.replaceAll('-', ''));
    assert.equal(roster.toString('hex'), first + '0'.repeat(32) + third);
    const record = { rosterRoot: randomBytes(32), chunkRoots: randomBytes(32), holes: [1] };
    const wins = await Promise.all([store.recordDraw(eventId, record), store.recordDraw(eventId, record)]);
    assert.deepEqual(wins.toSorted(), [false, true]);
    assert.equal(await store.leave(eventId, lobby[0] ?? '', 1, null), 'renumbered');
    assert.equal((await saleOf(store, eventId)).phase, 'open');
  });

  test('the commitment is there from the start and never changes', async () => {
    const store = createStore();
    const schedule = lineSchedule({ lobbyIn: 60, opensIn: 120 });
    await store.saveSchedules([schedule]);
    const before = await saleOf(store, schedule.eventId);
    assert.deepEqual(before.secretHash, createHash('sha256').update(schedule.secret).digest());
    await store.saveSchedules([{ ...schedule, capacity: 77, secret: randomBytes(32), leafKey: randomBytes(32) }]);
    const after = await saleOf(store, schedule.eventId);
    assert.deepEqual([after.secretHash, after.secret, after.capacity], [before.secretHash, before.secret, 77]);
  });
}

function settings(createStore: () => LineStore): void {
  const actor = { accountId: randomUUID(), action: 'line.capacity', requestId: 'test' };

  test("an admin's value stands until catalog's own value changes", async () => {
    const store = createStore();
    const schedule = lineSchedule({ capacity: 5 });
    await store.saveSchedules([schedule]);
    await store.changeSettings(schedule.eventId, actor, (sale) => ({ ...sale, capacity: 9 }));
    await store.saveSchedules([{ ...schedule, isSoldOut: true }]);
    await store.advance(schedule.eventId, null);
    assert.deepEqual(
      [(await saleOf(store, schedule.eventId)).capacity, (await saleOf(store, schedule.eventId)).phase],
      [9, 'soldout'],
    );
    await store.saveSchedules([{ ...schedule, capacity: 6 }]);
    assert.equal((await saleOf(store, schedule.eventId)).capacity, 6);
  });

  test('a sale that was lost comes back as it was remembered, and one that is there stays', async () => {
    const store = createStore();
    const eventId = await opened(store);
    await joinMany(store, eventId, accounts(3));
    const sale = await saleOf(store, eventId);
    await store.restoreSale({ ...sale, issued: 99 });
    assert.equal((await saleOf(store, eventId)).issued, 3);
    const lost = { ...sale, eventId: randomUUID(), issued: 500, serving: 20 };
    await store.restoreSale(lost);
    const restored = await saleOf(store, lost.eventId);
    assert.ok(restored.issued >= 500);
    assert.deepEqual([restored.serving, restored.secret, restored.epoch], [20, sale.secret, sale.epoch]);
  });

  test('a measurement of checkout is taken once', async () => {
    const store = createStore();
    const eventId = await opened(store);
    const message = randomUUID();
    await store.recordCheckout(message, eventId, () => ({ bearableRate: 4, p95Ms: 100, failureShare: 0 }));
    await store.recordCheckout(message, eventId, () => ({ bearableRate: 9, p95Ms: 100, failureShare: 0 }));
    assert.equal((await saleOf(store, eventId)).checkout?.bearableRate, 4);
  });

  test('figures count the called, the returners and the admitted', async () => {
    const store = createStore();
    const eventId = await opened(store, { capacity: 4 });
    const places = await joinMany(store, eventId, accounts(6));
    for (let tick = 0; tick < 3; tick += 1) await store.advance(eventId, null);
    await store.enter(eventId, places.slice(0, 1), null);
    assert.deepEqual(await store.readFigures(eventId), { called: 3, returners: 0, admittedLastMinute: 1 });
  });
}
