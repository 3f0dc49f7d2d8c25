import { joinLine, leaveLine, readOwnPlace, type Place } from '@urr/contracts/queue.ts';
import { type Answer, type Life, send, sendAtOnce } from '../engine/action.ts';
import { routeRequest, successOf } from '../engine/route-request.ts';
import type { FanContext } from '../fan-context.ts';
import { isBusy, waitAsAsked } from './repeat.ts';

/** Joins the line: once, twice by a double click, or from two tabs or devices at the same moment. */
export function* join(context: FanContext): Life<Place | Answer> {
  const requests = joinRequests(context);
  for (;;) {
    const answers = yield* sendAtOnce(requests);
    rememberTimes(context, answers);
    const places = answers.flatMap((answer) => successOf(joinLine, answer) ?? []);
    for (const place of places) remember(context, place);
    const [place] = places;
    if (place !== undefined) return place;
    const refusal = answers.find((answer) => !isBusy(answer));
    if (refusal !== undefined) return refusal;
    yield* waitAsAsked(context, answers[0] ?? { status: 0, body: undefined });
  }
}

function joinRequests(context: FanContext) {
  const { profile } = context.fan;
  const request = routeRequest(joinLine, { params: { eventId: context.world.eventId }, body: {} });
  if (profile.hasTwoDevices) return [request, { ...request, isFromOtherDevice: true }];
  return profile.doubleClicks || profile.hasTwoTabs ? [request, request] : [request];
}

/** Reads the own place, as a reload or a second tab does. */
export function* readPlace(context: FanContext): Life<Place | undefined> {
  const request = routeRequest(readOwnPlace, { params: { eventId: context.world.eventId } });
  const place = successOf(readOwnPlace, yield* send(request));
  if (place !== undefined) remember(context, place);
  return place;
}

/** Gives the place back. */
export function* leave(context: FanContext): Life<void> {
  // From here on the place may be gone: the run may be over before the answer is there.
  context.memory.hasLeft = true;
  const answer = yield* send(routeRequest(leaveLine, { params: { eventId: context.world.eventId } }));
  // Without an answer, or with the gateway's word that it got none, nobody knows either; a refusal is definite.
  if (answer.status >= 400 && answer.status < 500) context.memory.hasLeft = false;
}

function rememberTimes({ memory }: FanContext, answers: readonly Answer[]): void {
  if (memory.joinAnsweredAtMs !== undefined) return;
  memory.joinSentAtMs ??= Math.min(...answers.map((answer) => answer.sentAtMs ?? Infinity));
  const answered = answers.filter((answer) => answer.status === joinLine.success.status);
  const [first] = answered.map((answer) => answer.receivedAtMs ?? Infinity).toSorted((a, b) => a - b);
  if (first !== undefined) memory.joinAnsweredAtMs = first;
}

function remember(context: FanContext, place: Place): void {
  if (place.number === null && place.lobbyIndex === null) return;
  const { receipt, number, lobbyIndex } = place;
  const last = context.memory.places.at(-1);
  if (last?.receipt === receipt && last.number === number && last.lobbyIndex === lobbyIndex) return;
  context.memory.places.push({ receipt, number, lobbyIndex });
}
