import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { type Answer, attemptKey, repeatAfterMs, settleAttempt } from './attempt.ts';

const unknown = { ok: false, problem: problemDocument('upstream-unavailable'), unknown: true } as const;
const refused = (code: ProblemCode, retryAfter?: number) =>
  ({
    ok: false,
    problem: problemDocument(code, retryAfter === undefined ? {} : { retryAfter }),
    unknown: false,
  }) as const;

async function settle(...answers: Answer<string>[]) {
  const waits: number[] = [];
  let sent = 0;
  const outcome = await settleAttempt(async () => answers[sent++] ?? unknown, {
    onRepeat: () => undefined,
    sleep: async (ms) => void waits.push(ms),
  });
  return { outcome, waits, sent };
}

test('a lost answer is asked for again until it is known', async () => {
  const { outcome, sent } = await settle(unknown, unknown, { ok: true, body: 'held' });
  assert.deepEqual(outcome, { kind: 'done', body: 'held' });
  assert.equal(sent, 3);
});

test('a request in flight is asked about again, as late as it says', async () => {
  const { outcome, waits } = await settle(refused('request-in-flight', 2), { ok: true, body: 'held' });
  assert.equal(outcome.kind, 'done');
  assert.deepEqual(waits, [2_000]);
});

test('a refusal is final', async () => {
  const { outcome, sent } = await settle(refused('seats-taken'));
  assert.equal(outcome.kind, 'refused');
  assert.equal(sent, 1);
});

test('after a few times the outcome is said to be unknown', async () => {
  const { outcome, waits } = await settle();
  assert.equal(outcome.kind, 'unknown');
  assert.deepEqual(waits, repeatAfterMs);
});

test('no two attempts share a key', () => {
  const keys = new Set(Array.from({ length: 100 }, attemptKey));
  assert.equal(keys.size, 100);
  assert.match(attemptKey(), /^[0-9a-f]{32}$/);
});
