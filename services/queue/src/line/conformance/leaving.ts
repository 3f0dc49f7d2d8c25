import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accounts, joinMany, opened, saleOf, tick, type ConformanceCase } from './line-under-test.ts';

export const leavingCases: readonly ConformanceCase[] = [
  {
    name: 'who leaves is skipped, and comes back at the end',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 1 });
      const people = await joinMany(store, eventId, accounts(5));
      for (const place of people.slice(0, 4))
        assert.equal(await store.leave(eventId, place.accountId, place.arrival, place.number), 'left');
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 5);
      const [again] = await joinMany(store, eventId, [people[0]?.accountId ?? '']);
      assert.equal(again?.number, 6);
    },
  },

  {
    name: 'a long run of leavers does not hold serving up',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 1 });
      const people = await joinMany(store, eventId, accounts(300));
      for (const place of people.slice(0, 297))
        await store.leave(eventId, place.accountId, place.arrival, place.number);
      await tick(store, eventId);
      assert.equal((await saleOf(store, eventId)).serving, 298);
    },
  },

  {
    name: 'a purchase frees the slot it was made in, not the next one of its buyer',
    check: async (store) => {
      const eventId = await opened(store, { threshold: 9 });
      const [place] = await joinMany(store, eventId, accounts(1));
      if (place === undefined) return assert.fail();
      const { accountId } = place;
      const [first] = await store.enter(eventId, [place], null);
      assert.ok(first?.kind === 'admitted');
      await store.leave(eventId, accountId, place.arrival, place.number);
      const [again] = await joinMany(store, eventId, [accountId]);
      if (again === undefined) return assert.fail();
      const [second] = await store.enter(eventId, [again], null);
      assert.ok(second?.kind === 'admitted' && second.slotId !== first.slotId);
      await store.releaseSlots(eventId, [{ messageId: randomUUID(), accountId, slotId: first.slotId }]);
      assert.equal((await saleOf(store, eventId)).active, 1);
      await store.releaseSlots(eventId, [{ messageId: randomUUID(), accountId, slotId: second.slotId }]);
      assert.equal((await saleOf(store, eventId)).active, 0);
    },
  },
];
