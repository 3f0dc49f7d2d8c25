import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { accounts, joinMany, lineSchedule, saleOf, type ConformanceCase } from './line-under-test.ts';

export const drawingCases: readonly ConformanceCase[] = [
  {
    name: 'the lobby freezes at opening, and one draw stands',
    check: async (store) => {
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
      assert.equal(
        await store.leave(eventId, lobby[0] ?? '', 1, null),
        'drawing',
        'the roster does not change',
      );
      const roster = await store.readRoster(eventId, 0, 3);
      const [first = '', , third = ''] = lobby.map((accountId) => accountId.replaceAll('-', ''));
      assert.equal(roster.toString('hex'), first + '0'.repeat(32) + third);
      const record = { lobbySize: 3, rosterRoot: randomBytes(32), chunkRoots: randomBytes(32), holes: [1] };
      const wins = await Promise.all([store.recordDraw(eventId, record), store.recordDraw(eventId, record)]);
      assert.equal(wins.filter((isOurs) => isOurs).length, 1);
      assert.equal(await store.leave(eventId, lobby[0] ?? '', 1, null), 'renumbered');
      assert.equal((await saleOf(store, eventId)).phase, 'open');
    },
  },

  {
    name: 'the commitment is there from the start and never changes',
    check: async (store) => {
      const schedule = lineSchedule({ lobbyIn: 60, opensIn: 120 });
      await store.saveSchedules([schedule]);
      const before = await saleOf(store, schedule.eventId);
      assert.deepEqual(before.secretHash, createHash('sha256').update(schedule.secret).digest());
      await store.saveSchedules([
        { ...schedule, capacity: 77, secret: randomBytes(32), leafKey: randomBytes(32) },
      ]);
      const after = await saleOf(store, schedule.eventId);
      assert.deepEqual(
        [after.secretHash, after.secret, after.capacity],
        [before.secretHash, before.secret, 77],
      );
    },
  },
];
