import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createDueQueue } from './due-queue.ts';

it('a due queue gives back what is due, earliest first, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100)), fc.nat(100), (moments, now) => {
      const queue = createDueQueue<number>();
      for (const moment of moments) queue.push(moment, moment);
      const taken: number[] = [];
      for (let next = queue.takeDue(now); next !== undefined; next = queue.takeDue(now)) taken.push(next);
      const due = moments.filter((moment) => moment <= now).toSorted((a, b) => a - b);
      assert.deepEqual(taken, due);
      assert.equal(queue.size(), moments.length - due.length);
    }),
  );
});
