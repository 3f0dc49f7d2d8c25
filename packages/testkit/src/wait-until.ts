import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;

/** Resolves when the predicate first answers true; throws after `timeoutMs`, naming `what` was waited for. */
export async function waitUntil(
  predicate: () => boolean | Promise<boolean>,
  { timeoutMs = 5_000, what = 'the condition' }: { timeoutMs?: number; what?: string } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await predicate())) {
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await sleep(POLL_MS);
  }
}
