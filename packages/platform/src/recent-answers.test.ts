import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recentAnswers } from './recent-answers.ts';

test('however many ask, a key is read once in its time', async () => {
  let nowMs = 0;
  const read: string[] = [];
  const answerOf = recentAnswers(
    async (key) => {
      read.push(key);
      return key + nowMs;
    },
    { ageMs: 2_000, most: 10, nowMs: () => nowMs },
  );
  assert.deepEqual(await Promise.all([answerOf('a'), answerOf('a'), answerOf('b')]), ['a0', 'a0', 'b0']);
  nowMs = 1_999;
  assert.equal(await answerOf('a'), 'a0');
  nowMs = 2_000;
  assert.equal(await answerOf('a'), 'a2000');
  assert.deepEqual(read, ['a', 'b', 'a']);
});

test('a reading that failed is not kept', async () => {
  let fails = true;
  const answerOf = recentAnswers(
    async () => {
      if (fails) throw new Error('away');
      return 1;
    },
    { ageMs: 2_000, most: 10, nowMs: () => 0 },
  );
  await assert.rejects(answerOf('a'));
  fails = false;
  assert.equal(await answerOf('a'), 1);
});

test('of too many keys the oldest is forgotten', async () => {
  const read: string[] = [];
  const answerOf = recentAnswers(async (key) => void read.push(key), { ageMs: 10, most: 2, nowMs: () => 0 });
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await answerOf(key);
  assert.deepEqual(read, ['a', 'b', 'c', 'a']);
});
