import { listMyTickets, readTicketQr } from '@urr/contracts/ticket-reads.ts';
import { type Life, send, wait } from '../engine/action.ts';
import { routeRequest, successOf } from '../engine/route-request.ts';
import type { Ending, FanContext } from '../fan-context.ts';
import { abandon, hold } from './hold.ts';
import { leave } from './join.ts';
import { lookForPlaces } from './look.ts';
import { pay } from './pay.ts';

/** Inside: looks, holds, loses races, pays, collects; and leaves politely when there is nothing. */
export function* buy(context: FanContext, entryToken: string): Life<Ending> {
  const { profile, random } = context.fan;
  for (let attempt = 0; attempt < profile.patience; attempt += 1) {
    yield* wait(300 + random.next() * (attempt === 0 ? 2_500 : 900));
    const wish = yield* lookForPlaces(context, attempt);
    if (wish === undefined) continue;
    const outcome = yield* hold(context, wish, entryToken);
    if (outcome.kind === 'lost-race') continue;
    if (outcome.kind === 'refused') return yield* goHome(context, `refused inside: ${outcome.code}`);
    if (profile.abandonment !== undefined) {
      yield* abandon(context, outcome.reservation);
      return yield* goHome(context, 'abandoned-hold');
    }
    return yield* checkOut(context, outcome.reservation.reservationId);
  }
  return yield* goHome(context, 'found-nothing');
}

function* goHome(context: FanContext, ending: Ending): Life<Ending> {
  yield* leave(context);
  return ending;
}

function* checkOut(context: FanContext, reservationId: string): Life<Ending> {
  yield* wait(500 + context.fan.random.next() * 2_000);
  const end = yield* pay(context, reservationId);
  if (typeof end !== 'string') {
    context.world.count('released');
    return yield* goHome(context, `refused inside: ${end.refused}`);
  }
  context.world.count(end === 'confirmed' ? 'paid' : 'released');
  if (end === 'unknown') return 'payment-unknown';
  if (end === 'refunded') return 'refunded';
  yield* collect(context);
  return 'bought';
}

/** Looks at the tickets; some open the QR at once. */
function* collect(context: FanContext): Life<void> {
  const answer = yield* send(routeRequest(listMyTickets, {}));
  const ticket = successOf(listMyTickets, answer)?.tickets[0];
  if (ticket === undefined || !context.fan.random.chance(0.2)) return;
  yield* send(routeRequest(readTicketQr, { params: { ticketId: ticket.ticketId } }));
}
