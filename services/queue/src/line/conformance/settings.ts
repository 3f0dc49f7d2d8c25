import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  accounts,
  joinMany,
  lineSchedule,
  opened,
  saleOf,
  tick,
  type ConformanceCase,
} from './line-under-test.ts';

const actor = { accountId: randomUUID(), action: 'line.capacity', requestId: 'test' };

export const settingsCases: readonly ConformanceCase[] = [
  {
    name: "an admin's value stands until catalog's own value changes",
    check: async (store) => {
      const schedule = lineSchedule({ capacity: 5 });
      await store.saveSchedules([schedule]);
      await store.changeSettings(schedule.eventId, actor, (sale) => ({ ...sale, capacity: 9 }));
      await store.saveSchedules([{ ...schedule, isSoldOut: true }]);
      await tick(store, schedule.eventId);
      assert.deepEqual(
        [(await saleOf(store, schedule.eventId)).capacity, (await saleOf(store, schedule.eventId)).phase],
        [9, 'soldout'],
      );
      await store.saveSchedules([{ ...schedule, capacity: 6 }]);
      assert.equal((await saleOf(store, schedule.eventId)).capacity, 6);
    },
  },

  {
    name: 'a sale that was lost comes back as it was remembered, and one that is there stays',
    check: async (store) => {
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
    },
  },

  {
    name: 'a measurement of checkout is taken once',
    check: async (store) => {
      const eventId = await opened(store);
      const message = randomUUID();
      await store.recordCheckout(message, eventId, () => ({ bearableRate: 4, p95Ms: 100, failureShare: 0 }));
      await store.recordCheckout(message, eventId, () => ({ bearableRate: 9, p95Ms: 100, failureShare: 0 }));
      assert.equal((await saleOf(store, eventId)).checkout?.bearableRate, 4);
    },
  },

  {
    name: 'figures count the called, the late claimers and the admitted',
    check: async (store) => {
      const eventId = await opened(store, { capacity: 4 });
      const places = await joinMany(store, eventId, accounts(6));
      await tick(store, eventId);
      await store.enter(eventId, places.slice(0, 1), null);
      assert.deepEqual(await store.readFigures(eventId), {
        called: 3,
        lateClaimers: 0,
        admittedLastMinute: 1,
      });
    },
  },
];
