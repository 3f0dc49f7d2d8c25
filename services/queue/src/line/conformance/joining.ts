import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accounts, joinMany, kinds, opened, saleOf, type ConformanceCase } from './line-under-test.ts';

export const joiningCases: readonly ConformanceCase[] = [
  {
    name: 'a join gives numbers in order, and the same one again',
    check: async (store) => {
      const eventId = await opened(store);
      const [a = '', b = '', c = ''] = accounts(3);
      const first = await joinMany(store, eventId, [a, b, a]);
      assert.deepEqual(
        first.map((place) => place.number),
        [1, 2, 1],
      );
      const second = await joinMany(store, eventId, [b, c]);
      assert.deepEqual(
        second.map((place) => place.number),
        [2, 3],
      );
    },
  },

  {
    name: 'nobody joins before the lobby, after the end, or a line that is not there',
    check: async (store) => {
      const person = [{ accountId: randomUUID(), receiptArrival: null }];
      const kindOf = async (eventId: string) => (await store.join(eventId, person, null)).kind;
      assert.equal(await kindOf(await opened(store, { lobbyIn: 60, opensIn: 120 })), 'scheduled');
      assert.equal(await kindOf(await opened(store, { endsIn: -1 })), 'ended');
      assert.equal(await kindOf(await opened(store, { isCancelled: true })), 'cancelled');
      assert.equal(await kindOf(randomUUID()), 'unknown');
    },
  },

  {
    name: 'a receipt brings a place back only where the store has lost it',
    check: async (store) => {
      const eventId = await opened(store);
      const [a = '', b = '', c = ''] = accounts(3);
      await joinMany(store, eventId, [a]);
      const restored = await store.join(eventId, [{ accountId: b, receiptArrival: 57 }], null);
      assert.deepEqual(restored.kind === 'joined' && restored.arrivals, [57]);
      const taken = await store.join(eventId, [{ accountId: c, receiptArrival: 1 }], null);
      assert.deepEqual(taken.kind === 'joined' && taken.arrivals, [58], 'a taken place is not given twice');
      const known = await store.join(eventId, [{ accountId: a, receiptArrival: 40 }], null);
      assert.deepEqual(known.kind === 'joined' && known.arrivals, [1], 'a place the store has does not move');
    },
  },

  {
    name: 'below the threshold a join calls whom it can at once',
    check: async (store) => {
      const eventId = await opened(store, { threshold: 5, capacity: 3 });
      const places = await joinMany(store, eventId, accounts(5));
      assert.equal((await saleOf(store, eventId)).serving, 3);
      assert.deepEqual(await kinds(store, eventId, places), [
        'admitted',
        'admitted',
        'admitted',
        'not-yet',
        'not-yet',
      ]);
    },
  },
];
