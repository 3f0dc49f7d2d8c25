import type { ProblemDocument } from '@urr/contracts/problem-document.ts';

/** What a call answered, as `call` gives it. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly problem: ProblemDocument; readonly unknown: boolean };

/** What came of an attempt: done, refused, or nobody knows yet and the same key may ask again. */
export type Outcome<Body> =
  | { readonly kind: 'done'; readonly body: Body }
  | { readonly kind: 'refused' | 'unknown'; readonly problem: ProblemDocument };

/** Waits between repetitions, in milliseconds; after the last the person is asked. */
export const repeatAfterMs = [700, 1_500, 3_000];

/** Sends a request until its outcome is known, always with the same key; gives up after a few times. */
export async function settleAttempt<Body>(
  send: () => Promise<Answer<Body>>,
  { onRepeat, sleep }: { readonly onRepeat: () => void; readonly sleep: (ms: number) => Promise<void> },
): Promise<Outcome<Body>> {
  for (let repetition = 0; ; repetition += 1) {
    const answer = await send();
    if (answer.ok) return { kind: 'done', body: answer.body };
    const { problem } = answer;
    const isOpen = answer.unknown || problem.code === 'request-in-flight';
    if (!isOpen) return { kind: 'refused', problem };
    const wait = repeatAfterMs[repetition];
    if (wait === undefined) return { kind: 'unknown', problem };
    onRepeat();
    await sleep(Math.max(wait, (problem.retryAfter ?? 0) * 1000));
  }
}

/** A key of one attempt; where the connection is not secure, browsers have no `randomUUID`. */
export function attemptKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
