import { confirmPayment } from '@urr/contracts/payment.ts';
import { enterSale, joinLine } from '@urr/contracts/queue.ts';
import { checkInTicket, readTicketSecret } from '@urr/contracts/ticket-reads.ts';
import { type Reservation, reservePlaces, reserveSeats } from '@urr/contracts/ticket.ts';
import { ask, type OpenedPayment, openPayment } from '../../browser/stage/account-at-api.ts';
import { succeeds, until } from '../../browser/stage/until.ts';
import type { StageAddress } from '../../browser/stage/open-stage.ts';
import { oneTimeCode } from '../../browser/stage/read-code.ts';
import type { Member } from './people.ts';
import type { Belongings } from './world.ts';

/** Somebody inside a sale. */
export interface Inside {
  readonly member: Member;
  readonly eventId: string;
  readonly receipt: string;
  readonly entryToken: string;
}

/** Joins a line, which must know the sale by then or shortly after, and answers the receipt. */
export async function join(stage: StageAddress, member: Member, eventId: string): Promise<string> {
  let receipt = '';
  const joined = async () => {
    const place = await ask(stage, joinLine, { params: { eventId }, body: null }, member.headers);
    receipt = place.receipt ?? '';
  };
  await until(`a place in the line of ${eventId}`, () => succeeds(joined));
  return receipt;
}

/** Joins a line and goes in. A place that was used up becomes a new one. */
export async function goInside(stage: StageAddress, member: Member, eventId: string): Promise<Inside> {
  let entryToken = '';
  let receipt = '';
  const entered = async () => {
    receipt = await join(stage, member, eventId);
    ({ entryToken } = await ask(stage, enterSale, { params: { eventId } }, member.headers));
  };
  await until(`a way into ${eventId}`, () => succeeds(entered));
  return { member, eventId, receipt, entryToken };
}

/** Holds seats, or a number of places of one pool. */
export function hold(
  stage: StageAddress,
  { member, eventId, entryToken }: Inside,
  wish: { readonly seatIds: number[] } | { readonly ticketTypeId: string; readonly quantity: number },
): Promise<Reservation> {
  const headers = { ...member.headers, 'x-queue-entry-token': entryToken };
  return 'seatIds' in wish
    ? ask(stage, reserveSeats, { body: { eventId, ...wish } }, headers)
    : ask(stage, reservePlaces, { body: { eventId, items: [wish] } }, headers);
}

/** Buys what is held and answers the payment's ids with its tickets. */
export async function buy(
  stage: StageAddress,
  member: Member,
  reservation: Reservation,
): Promise<Belongings['ids']> {
  const opened = await openPayment(stage, reservation.reservationId, member.headers);
  const { orderId, paymentKey, amount } = opened;
  const body = { orderId, paymentKey, amount };
  const { ticketIds } = await ask(stage, confirmPayment, { body }, member.headers);
  const [ticketId = ''] = ticketIds;
  const secret = await ask(stage, readTicketSecret, { params: { ticketId } }, member.headers);
  const scan = () => [scanOf(secret)];
  return { ...paymentIds(member, reservation, opened), ticket: ticketIds, scan };
}

/** Lets the holder of a ticket in. */
export async function checkIn(
  stage: StageAddress,
  gate: Member,
  { event, scan }: Belongings['ids'],
): Promise<void> {
  const [eventId, payload] = [first(event), first(scan)];
  await ask(stage, checkInTicket, { body: { eventId, payload } }, gate.headers);
}

/** The ids of a reservation. */
export function reservationIds({ accountId }: Member, held: Reservation): Belongings['ids'] {
  return {
    account: [accountId],
    event: [held.eventId],
    reservation: [held.reservationId],
    amount: [held.amount],
    ...(held.seats.length > 0 && { seat: held.seats.map(({ seatId }) => seatId) }),
    ...(held.places.length > 0 && { ticketType: held.places.map(({ ticketTypeId }) => ticketTypeId) }),
  };
}

/** The ids of a payment and of what it pays for. */
export function paymentIds(member: Member, held: Reservation, opened: OpenedPayment): Belongings['ids'] {
  return {
    ...reservationIds(member, held),
    payment: [opened.paymentId],
    order: [opened.orderId],
    paymentKey: [opened.paymentKey],
  };
}

function scanOf(secret: { readonly code: string; readonly totpSecret: string }): string {
  return `urr1.${secret.code}.${oneTimeCode(secret.totpSecret, Math.floor(Date.now() / 30_000))}`;
}

function first(ids: Belongings['ids'][keyof Belongings['ids']]): string {
  return String((typeof ids === 'function' ? ids() : ids)?.[0]);
}
