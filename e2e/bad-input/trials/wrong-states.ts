import * as catalog from '@urr/contracts/catalog.ts';
import { refresh, endSession } from '@urr/contracts/auth.ts';
import { putEventImage } from '@urr/contracts/catalog-images.ts';
import * as payment from '@urr/contracts/payment.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { controlLine } from '@urr/contracts/queue-control.ts';
import { enterSale, joinLine } from '@urr/contracts/queue.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import * as reads from '@urr/contracts/ticket-reads.ts';
import * as ticket from '@urr/contracts/ticket.ts';
import type { Trial } from '../examine.ts';
import { goodParts, requestOf } from '../good-requests.ts';
import { findBelongings, idsOf, type Kind, type World } from '../world/world.ts';
import { callerOf, choiceOf } from './own.ts';

/** What an owner asks for that the state of a thing forbids. */
interface WrongWish {
  readonly contract: RouteContract;
  /** The thing, by its words; `event …` is the organiser's, everything else the fan's. */
  readonly about: string;
  readonly refusal: ProblemCode;
  readonly body?: Readonly<Record<string, unknown>>;
  /** An id of another of the caller's things. */
  readonly other?: readonly [Kind, string];
}

const anotherAmount = { amount: 1_000 };
const elsewhere = {
  venue: { hall: 'hall-of-the-rival', name: { ko: 'x', en: 'x' }, address: { ko: 'x', en: 'x' } },
};

const wishes: readonly WrongWish[] = [
  { contract: ticket.cancelReservation, about: 'tickets valid', refusal: 'reservation-confirmed' },
  { contract: ticket.cancelReservation, about: 'ticket returned', refusal: 'reservation-confirmed' },
  { contract: ticket.cancelReservation, about: 'reservation expired', refusal: 'reservation-over' },
  { contract: payment.startPayment, about: 'reservation cancelled', refusal: 'reservation-over' },
  { contract: payment.startPayment, about: 'reservation expired', refusal: 'reservation-over' },
  { contract: payment.startPayment, about: 'tickets valid', refusal: 'already-paid' },
  { contract: payment.startPayment, about: 'tickets of a cancelled event', refusal: 'already-paid' },
  {
    contract: payment.confirmPayment,
    about: 'tickets valid',
    body: anotherAmount,
    refusal: 'payment-mismatch',
  },
  {
    contract: payment.confirmPayment,
    about: 'payment open',
    body: anotherAmount,
    refusal: 'payment-mismatch',
  },
  {
    contract: payment.confirmPayment,
    about: 'tickets valid',
    other: ['paymentKey', 'payment open'],
    refusal: 'payment-mismatch',
  },
  { contract: payment.confirmPayment, about: 'payment failed', refusal: 'payment-over' },
  { contract: payment.confirmPayment, about: 'reservation expired', refusal: 'payment-over' },
  { contract: payment.requestRefund, about: 'payment open', refusal: 'not-refundable' },
  { contract: payment.requestRefund, about: 'payment failed', refusal: 'not-refundable' },
  { contract: payment.requestRefund, about: 'ticket returned', refusal: 'not-refundable' },
  { contract: payment.requestRefund, about: 'tickets of a cancelled event', refusal: 'not-refundable' },
  { contract: payment.requestRefund, about: 'ticket used', refusal: 'ticket-not-returnable' },
  { contract: payment.quoteRefund, about: 'ticket used', refusal: 'ticket-not-returnable' },
  { contract: reads.checkInTicket, about: 'ticket used', refusal: 'ticket-already-used' },
  { contract: reads.checkInTicket, about: 'ticket returned', refusal: 'ticket-not-valid' },
  { contract: reads.checkInTicket, about: 'tickets of a cancelled event', refusal: 'ticket-not-valid' },
  {
    contract: reads.checkInTicket,
    about: 'tickets valid',
    other: ['event', 'event upcoming'],
    refusal: 'ticket-for-another-event',
  },
  { contract: reads.readTicketQr, about: 'ticket used', refusal: 'ticket-already-used' },
  { contract: reads.readTicketSecret, about: 'ticket returned', refusal: 'ticket-not-valid' },
  { contract: ticket.reserveSeats, about: 'tickets valid', refusal: 'seats-taken' },
  { contract: ticket.reserveSeats, about: 'reservation pending', refusal: 'seats-taken' },
  { contract: ticket.reservePlaces, about: 'event cancelled', refusal: 'sale-cancelled' },
  { contract: ticket.reservePlaces, about: 'event ended', refusal: 'sale-over' },
  { contract: ticket.reservePlaces, about: 'event upcoming, lobby', refusal: 'entry-token-missing' },
  { contract: joinLine, about: 'event draft', refusal: 'sale-not-found' },
  { contract: joinLine, about: 'event upcoming', refusal: 'lobby-not-open' },
  { contract: joinLine, about: 'event ended', refusal: 'sale-closed' },
  { contract: joinLine, about: 'event cancelled', refusal: 'sale-closed' },
  { contract: enterSale, about: 'event upcoming, lobby', refusal: 'not-your-turn' },
  { contract: controlLine, about: 'event cancelled', refusal: 'sale-closed' },
  { contract: controlLine, about: 'event ended', refusal: 'sale-closed' },
  { contract: controlLine, about: 'event draft', refusal: 'sale-not-found' },
  { contract: catalog.publishEvent, about: 'event cancelled', refusal: 'event-cancelled' },
  { contract: catalog.changeEvent, about: 'event cancelled', refusal: 'event-cancelled' },
  {
    contract: catalog.changeEvent,
    about: 'event on_sale',
    body: elsewhere,
    refusal: 'published-places-fixed',
  },
  {
    contract: catalog.changeEvent,
    about: 'event on_sale',
    body: { sale: { opensAt: '-2h' } },
    refusal: 'sale-already-open',
  },
  { contract: putEventImage, about: 'event cancelled', refusal: 'event-cancelled' },
  { contract: endSession, about: 'ended session', refusal: 'session-not-found' },
  { contract: refresh, about: 'ended session', refusal: 'session-over' },
];

/** Requests of owners about what is in the wrong state for them, each with the refusal that says so. */
export function wrongStates(world: World): Trial[] {
  return wishes.map((wish) => {
    const { contract, about, refusal, body, other } = wish;
    const own = choiceOf(world, 'own', thingNamed(world, about));
    const choose = (kind: Kind) =>
      kind === other?.[0] ? idsOf(thingNamed(world, other[1]), kind) : own(kind);
    const given = goodParts(contract, choose);
    // The last one has every id in it that may be there.
    const parts = contract === refresh ? given.at(-1) : given[0];
    if (parts === undefined) throw new Error(`${contract.name} takes nothing that could be made up`);
    const changed = body === undefined ? parts.body : { ...(parts.body as object), ...body };
    const request = requestOf(contract, { ...parts, body: changed }, about);
    return { contract, request, caller: callerOf(contract), expected: refusal };
  });
}

function thingNamed(world: World, about: string) {
  return findBelongings(world, about.startsWith('event ') ? 'organiser' : 'fan', about);
}
