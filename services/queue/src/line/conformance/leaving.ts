import assert from 'node:assert/strict';
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
];
