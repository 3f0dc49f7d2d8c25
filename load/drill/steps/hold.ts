import {
  cancelReservation,
  type Reservation,
  reserveBestAvailable,
  reservePlaces,
  reserveSeats,
} from '@urr/contracts/ticket.ts';
import { entryTokenHeader } from '@urr/entry-token/entry-token.ts';
import { type Answer, type FanRequest, type Life, send, sendAtOnce, wait } from '../engine/action.ts';
import { routeRequest } from '../engine/route-request.ts';
import type { FanContext } from '../fan-context.ts';
import { isBusy, sendUntilDefinite, waitAsAsked } from './repeat.ts';
import type { Wish } from './wish.ts';

/** What became of one attempt to hold places. */
export type HoldOutcome =
  | { readonly kind: 'held'; readonly reservation: Reservation }
  | { readonly kind: 'lost-race' }
  | { readonly kind: 'refused'; readonly code: string };

const lostRaceCodes = new Set(['seats-taken', 'grade-sold-out', 'places-taken']);

/** Asks for the wished places under one key; a double click sends it twice at once. */
export function* hold(context: FanContext, wish: Wish, entryToken: string): Life<HoldOutcome> {
  const key = context.newKey();
  const headers = { 'idempotency-key': key, [entryTokenHeader]: entryToken };
  const request = holdRequest(context, wish, headers);
  const answers = context.fan.profile.doubleClicks
    ? yield* sendAtOnce([request, request])
    : [yield* send(request)];
  const definite = answers.filter((answer) => !isBusy(answer));
  if (definite.length === 0) {
    yield* waitAsAsked(context, answers[0] ?? { status: 0, body: undefined });
    definite.push(yield* sendUntilDefinite(context, request));
  }
  rememberKey(context, key, definite);
  return outcomeOf(context, definite);
}

function holdRequest(context: FanContext, wish: Wish, headers: Readonly<Record<string, string>>): FanRequest {
  const { eventId } = context.world;
  switch (wish.kind) {
    case 'seats':
      return routeRequest(reserveSeats, { body: { eventId, seatIds: [...wish.seatIds] }, headers });
    case 'best-available':
      return routeRequest(reserveBestAvailable, {
        body: { eventId, grade: wish.grade, quantity: wish.quantity },
        headers,
      });
    case 'places': {
      const items = [{ ticketTypeId: wish.ticketTypeId, quantity: wish.quantity }];
      return routeRequest(reservePlaces, { body: { eventId, items }, headers });
    }
  }
}

function reservationOf(answer: Answer): Reservation | undefined {
  return answer.status === 201 ? (answer.body as Reservation) : undefined;
}

function rememberKey(context: FanContext, key: string, answers: readonly Answer[]): void {
  const reservationIds = answers.flatMap((answer) => reservationOf(answer)?.reservationId ?? []);
  if (reservationIds.length > 0) context.memory.keyed.push({ key, reservationIds });
}

function outcomeOf(context: FanContext, answers: readonly Answer[]): HoldOutcome {
  const reservation = answers.flatMap((answer) => reservationOf(answer) ?? []).at(0);
  if (reservation !== undefined) {
    context.world.count('held');
    return { kind: 'held', reservation };
  }
  const code = answers.at(-1)?.code ?? 'unexpected';
  return lostRaceCodes.has(code) ? { kind: 'lost-race' } : { kind: 'refused', code };
}

/** Gives a hold up: cancels it, or lets it run out. */
export function* abandon(context: FanContext, reservation: Reservation): Life<void> {
  yield* wait(500 + context.fan.random.next() * 3_000);
  if (context.fan.profile.abandonment === 'cancels') {
    const params = { reservationId: reservation.reservationId };
    yield* sendUntilDefinite(context, routeRequest(cancelReservation, { params }));
  } else {
    const left = Date.parse(reservation.expiresAt) - Date.parse(reservation.createdAt);
    yield* wait(Math.max(0, left));
  }
  context.world.count('released');
}
