import { type Answer, type FanRequest, type Life, send, wait } from '../engine/action.ts';
import type { FanContext } from '../fan-context.ts';

const busyCodes = new Set([
  'no-answer',
  'overloaded',
  'upstream-unavailable',
  'deadline-exceeded',
  'rate-limited',
  'request-in-flight',
  'internal-error',
  'draw-running',
]);
const mostRepeats = 40;

/** True when the same request may be sent again. */
export function isBusy(answer: Answer): boolean {
  return answer.code !== undefined && busyCodes.has(answer.code);
}

/** Waits as long as a refusal asks, else about a second. */
export function* waitAsAsked(context: FanContext, answer: Answer): Life<void> {
  const jitter = 200 + context.fan.random.next() * 800;
  yield* wait((answer.retryAfterMs ?? 500) + jitter);
}

/** Sends the same request until the answer is definite, as a patient client does. */
export function* sendUntilDefinite(context: FanContext, request: FanRequest): Life<Answer> {
  let answer = yield* send(request);
  for (let repeat = 0; isBusy(answer) && repeat < mostRepeats; repeat += 1) {
    yield* waitAsAsked(context, answer);
    answer = yield* send(request);
  }
  return answer;
}
