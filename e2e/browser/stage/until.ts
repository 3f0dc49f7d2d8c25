import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes, a few times a second: more often would be refused. Throws when it takes too long. */
export async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(250);
  }
}

/** Whether something can be done now. */
export function succeeds(act: () => Promise<unknown>): Promise<boolean> {
  return act().then(
    () => true,
    () => false,
  );
}
