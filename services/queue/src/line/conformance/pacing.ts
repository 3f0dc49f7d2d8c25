import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accounts, joinMany, kinds, opened, saleOf, tick, type ConformanceCase } from './line-under-test.ts';

export const pacingCases: readonly ConformanceCase[] = [
  {
    name: 'serving stops at the capacity and goes on when a slot is given back',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 2 });
      const places = await joinMany(store, eventId, accounts(4));
      await tick(store, eventId);
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 2);
      assert.deepEqual(await kinds(store, eventId, places.slice(0, 3)), ['admitted', 'admitted', 'not-yet']);
      const [first] = places;
      await store.leave(eventId, first?.accountId ?? '', 1, 1);
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 3);
      await store.releaseSlots(eventId, [{ messageId: randomUUID(), accountId: places[1]?.accountId ?? '' }]);
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 4);
    },
  },

  {
    name: 'no second has more admissions than the rate, nor than checkout bears',
    check: async (store) => {
      const eventId = await opened(store, { ratePerSecond: 3, threshold: 100, capacity: 100 });
      const places = await joinMany(store, eventId, accounts(8));
      assert.equal((await saleOf(store, eventId)).serving, 3);
      assert.deepEqual(await kinds(store, eventId, places.slice(0, 2), 2), ['admitted', 'admitted']);
      assert.deepEqual(await kinds(store, eventId, places.slice(2, 3), 2), ['not-yet']);
      assert.deepEqual(await kinds(store, eventId, places.slice(2, 3)), ['admitted']);
    },
  },

  {
    name: 'a slot ends by itself, and its owner must join again',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 1, slotSeconds: 1, threshold: 9 });
      const [a, b] = await joinMany(store, eventId, accounts(2));
      if (a === undefined || b === undefined) return assert.fail();
      assert.deepEqual(await kinds(store, eventId, [a]), ['admitted']);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await tick(store, eventId);
      assert.deepEqual(await kinds(store, eventId, [b]), ['admitted']);
      assert.deepEqual(await kinds(store, eventId, [a]), ['used']);
      const again = await joinMany(store, eventId, [a.accountId]);
      assert.equal(again[0]?.number, 3);
    },
  },

  {
    name: 'who misses the claim window goes first when a slot frees',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 1, claimSeconds: 1, threshold: 0 });
      const [late, next, last] = await joinMany(store, eventId, accounts(3));
      if (late === undefined || next === undefined || last === undefined) return assert.fail();
      await tick(store, eventId);
      await new Promise((resolve) => setTimeout(resolve, 1050));
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 2, 'the unclaimed slot went to the next');
      assert.deepEqual(
        await kinds(store, eventId, [late]),
        ['not-yet'],
        'the slot is kept for whom it was called',
      );
      assert.deepEqual(await kinds(store, eventId, [next]), ['admitted']);
      assert.deepEqual(await kinds(store, eventId, [late]), ['not-yet']);
      await store.leave(eventId, next.accountId, next.arrival, next.number);
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 2, 'nobody new is called before who came back');
      assert.deepEqual(await kinds(store, eventId, [late]), ['admitted']);
    },
  },

  {
    name: 'the same slot answers every device, and a message twice frees one slot once',
    check: async (store) => {
      const eventId = await opened(store, { threshold: 9, capacity: 1 });
      const [a] = await joinMany(store, eventId, accounts(1));
      if (a === undefined) return assert.fail();
      const [first] = await store.enter(eventId, [a], null);
      assert.ok(first?.kind === 'admitted' && first.isNew && first.admission === 1);
      assert.deepEqual(await store.enter(eventId, [a], null), [{ ...first, isNew: false }]);
      const message = randomUUID();
      await store.releaseSlots(eventId, [{ messageId: message, accountId: a.accountId }]);
      const [again] = await joinMany(store, eventId, [a.accountId]);
      if (again === undefined) return assert.fail();
      const [second] = await store.enter(eventId, [again], null);
      assert.ok(second?.kind === 'admitted' && second.isNew && second.admission === 2);
      await store.releaseSlots(eventId, [{ messageId: message, accountId: a.accountId }]);
      assert.deepEqual(await kinds(store, eventId, [again]), ['admitted']);
    },
  },

  {
    name: 'buyers who are done together free their own slots, each once',
    check: async (store) => {
      const eventId = await opened(store, { threshold: 9 });
      const places = await joinMany(store, eventId, accounts(4));
      assert.deepEqual(await kinds(store, eventId, places), Array(4).fill('admitted'));
      const done = places.slice(1).map(({ accountId }) => ({ messageId: randomUUID(), accountId }));
      await store.releaseSlots(eventId, [...done, ...done]);
      assert.equal((await saleOf(store, eventId)).active, 1);
    },
  },
];
