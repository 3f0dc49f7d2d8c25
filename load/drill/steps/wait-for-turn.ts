import { enterSale, readLineState, type Place, type StateDocument } from '@urr/contracts/queue.ts';
import { type Answer, type Life, send, sendAtOnce, wait } from '../engine/action.ts';
import { routeRequest, successOf } from '../engine/route-request.ts';
import type { FanContext } from '../fan-context.ts';
import { join, leave, readPlace } from './join.ts';
import { isBusy } from './repeat.ts';

/** How waiting ended. */
export type Turn =
  | { readonly kind: 'entered'; readonly entryToken: string; readonly slotEndsAtMs: number }
  | { readonly kind: 'left' }
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly code: string };

interface Waiting {
  number: number | null;
  pollAfterMs: number;
  etag: string | undefined;
  reloads: number;
}

const reloadShare = 0.25;
const mostReloads = 3;
const openingSpreadMs = 4_000;
/** Longer than the claim window: whoever falls asleep must find the place kept. */
const nap = { share: 0.01, milliseconds: 25_000 };

/** Polls the shared state as it asks, until the fan is called, enters, leaves or goes home. */
export function* waitForTurn(context: FanContext, place: Place): Life<Turn> {
  const { random, profile } = context.fan;
  const waiting: Waiting = {
    number: place.number,
    pollAfterMs: place.pollAfter * 1_000,
    etag: undefined,
    reloads: profile.reloads ? mostReloads : 0,
  };
  const leavesAfterPolls = profile.leavesLine ? random.between(1, 6) : Infinity;
  if (place.state === 'called' || place.state === 'admitted') waiting.pollAfterMs = 0;
  for (let polls = 1; !context.world.isOver(); polls += 1) {
    // Without the spread, everyone told "in 10 s" would come back at the same moment.
    yield* wait(waiting.pollAfterMs * (0.9 + random.next() * 0.4));
    if (polls >= leavesAfterPolls) return yield* goAway(context);
    const state = yield* pollState(context, waiting);
    if (state === undefined) continue;
    if (state.phase === 'ended' || state.phase === 'cancelled') return { kind: 'over' };
    if (waiting.reloads > 0 && random.chance(reloadShare)) yield* reload(context, waiting);
    if (!isServing(state)) continue;
    if (waiting.number === null) waiting.number = (yield* readPlace(context))?.number ?? null;
    if (waiting.number === null || waiting.number > state.serving) {
      waiting.pollAfterMs = pollAfter(state, waiting.number);
      continue;
    }
    if (random.chance(nap.share)) yield* wait(nap.milliseconds);
    const turn = yield* enter(context, waiting);
    if (turn !== undefined) return turn;
  }
  return { kind: 'over' };
}

function isServing(state: StateDocument): boolean {
  return (
    state.phase === 'open' ||
    state.phase === 'draining' ||
    state.phase === 'paused' ||
    state.phase === 'soldout'
  );
}

function* goAway(context: FanContext): Life<Turn> {
  // Half of them press "leave", the others close the tab.
  if (context.fan.random.chance(0.5)) yield* leave(context);
  return { kind: 'left' };
}

function* pollState(context: FanContext, waiting: Waiting): Life<StateDocument | undefined> {
  const answer = yield* send(
    routeRequest(readLineState, {
      params: { eventId: context.world.eventId },
      isShared: true,
      ...(waiting.etag !== undefined && { headers: { 'if-none-match': waiting.etag } }),
    }),
  );
  waiting.etag = answer.etag ?? waiting.etag;
  if (answer.status !== 200 && answer.status !== 304) {
    waiting.pollAfterMs = answer.retryAfterMs ?? 2_000;
    return undefined;
  }
  const state = answer.body as StateDocument | undefined;
  if (state === undefined) {
    waiting.etag = undefined;
    waiting.pollAfterMs = 1_000;
    return undefined;
  }
  context.world.observe(state);
  waiting.pollAfterMs = untilOpening(context, state) ?? pollAfter(state, waiting.number);
  return state;
}

// A page that knows the hour of opening looks right after it, each at its own moment.
function untilOpening({ fan, world }: FanContext, state: StateDocument): number | undefined {
  if (state.phase !== 'lobby' && state.phase !== 'scheduled') return undefined;
  const untilMs = (state.times[1] ?? 0) * 1_000 - world.wallClockMs();
  if (untilMs > pollAfter(state, null)) return undefined;
  return Math.max(500, untilMs + fan.random.next() * openingSpreadMs);
}

/** Milliseconds until the next look: the first row of the table that reaches as far as the fan stands. */
export function pollAfter(state: Pick<StateDocument, 'poll' | 'serving'>, number: number | null): number {
  const distance = number === null ? Infinity : number - state.serving;
  const row = state.poll.find(([reach]) => reach !== undefined && distance <= reach) ?? state.poll.at(-1);
  return (row?.[1] ?? 5) * 1_000;
}

function* reload(context: FanContext, waiting: Waiting): Life<void> {
  waiting.reloads -= 1;
  const again = yield* join(context);
  if ('state' in again) waiting.number = again.number ?? waiting.number;
  yield* readPlace(context);
}

function* enter(context: FanContext, waiting: Waiting): Life<Turn | undefined> {
  const { profile, random } = context.fan;
  const request = routeRequest(enterSale, { params: { eventId: context.world.eventId } });
  const requests = profile.hasTwoDevices
    ? [request, { ...request, isFromOtherDevice: true }]
    : profile.hasTwoTabs
      ? [request, request]
      : [request];
  const answers = yield* sendAtOnce(requests);
  const entered = answers.flatMap((answer) => successOf(enterSale, answer) ?? []).at(0);
  if (entered !== undefined) {
    context.world.count('admitted');
    const slotEndsAtMs = Date.parse(entered.slotEndsAt);
    return { kind: 'entered', entryToken: entered.entryToken, slotEndsAtMs };
  }
  const [answer] = answers;
  if (answer === undefined || !isWorthWaiting(answer))
    return { kind: 'refused', code: answer?.code ?? 'no-answer' };
  waiting.pollAfterMs = answer.retryAfterMs ?? 1_000 + random.next() * 1_000;
  return undefined;
}

function isWorthWaiting(answer: Answer): boolean {
  return (
    isBusy(answer) ||
    answer.code === 'not-your-turn' ||
    answer.code === 'line-paused' ||
    answer.code === 'nothing-left'
  );
}
