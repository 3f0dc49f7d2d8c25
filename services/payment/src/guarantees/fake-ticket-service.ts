import { randomUUID } from 'node:crypto';
import type { DomainEventData, DomainEventEnvelope, refundOrdered } from '@urr/contracts/domain-events.ts';
import {
  beginReturn,
  confirmReservation,
  type Fulfilment,
  pinReservation,
  quoteReturn,
  readEventOwner,
} from '@urr/contracts/ticket-internal.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Secret } from '@urr/platform/secret.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';

interface Ticket {
  readonly id: string;
  readonly price: number;
  state: 'none' | 'valid' | 'returning' | 'returned';
}

interface Reservation {
  readonly reservationId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly tickets: Ticket[];
  state: 'pending' | 'confirmed' | 'expired';
  expiresAt: Date;
  /** Its hold was extended because the outcome of its payment is unknown. */
  isKept: boolean;
  outcome: { paymentId: string; fulfilment: Fulfilment } | null;
  readonly returns: Map<string, string[]>;
}

export const holdMs = 7 * 60_000;
export const keepMs = 11 * 60_000;

interface Clock {
  readonly now: () => number;
}

/** ticket-service's side of the contracts, with state of its own, and switches for its misfortunes. */
export type FakeTicketService = Awaited<ReturnType<typeof startFakeTicketService>>;

export async function startFakeTicketService(internalToken: Secret) {
  const reservations = new Map<string, Reservation>();
  const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs };
  /** Whose each event is. */
  const owners = new Map<string, string>();
  /** `deaf`: nothing arrives. `mute`: all is done, no answer leaves. `frozen`: nothing comes back. `stranger`: somebody else answers. */
  const mood = { value: 'well' as 'well' | 'deaf' | 'mute' | 'frozen' | 'stranger' };
  const { app } = createServer({
    name: 'fake-ticket',
    logger: createLogger('fake', 'silent'),
    readiness: [],
  });
  app.addHook('preHandler', async (request, reply) => {
    if (mood.value === 'deaf') request.raw.socket.destroy();
    if (mood.value === 'deaf' || mood.value === 'frozen') await new Promise(() => {});
    if (mood.value === 'stranger') await reply.type('application/json').send('{"status":"ok"}');
  });
  app.addHook('onSend', async (request) => {
    if (mood.value === 'mute') request.raw.socket.destroy();
  });
  const server: ServeDeps = { app, identify: () => undefined, internalToken };
  addRoutes(server, reservations, clock);
  serve(server, readEventOwner, ({ params }) => {
    const isKnown = [...reservations.values()].some(({ eventId }) => eventId === params.eventId);
    if (!isKnown) throw new Problem('event-not-found');
    return { ownerId: owners.get(params.eventId) ?? randomUUID() };
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    baseUrl,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
    reserve: (accountId: string, prices: readonly number[]) =>
      reserve(reservations, { accountId, prices, expiresAt: new Date(clock.now() + holdMs) }),
    eventOf: (reservationId: string) => find(reservations, reservationId).eventId,
    setOwner: (eventId: string, ownerId: string) => void owners.set(eventId, ownerId),
    setMood: (value: typeof mood.value) => void (mood.value = value),
    loseHold: (reservationId: string) => void (find(reservations, reservationId).state = 'expired'),
    shortenHold: (reservationId: string, ms: number) =>
      void (find(reservations, reservationId).expiresAt = new Date(clock.now() + ms)),
    /** Time goes by, here alone. */
    pass: (ms: number) => void (clock.aheadMs += ms),
    /** Another buyer wants the same seats: true when they are free, and taken now. */
    takeInstead: (reservationId: string) => takeInstead(find(reservations, reservationId), clock),
    isKept: (reservationId: string) => find(reservations, reservationId).isKept,
    ticketsOf: (reservationId: string, state: Ticket['state'] = 'valid') =>
      find(reservations, reservationId)
        .tickets.filter((ticket) => ticket.state === state)
        .map(({ id }) => id),
    /** Its event is cancelled: locks what is still valid; the order as it is announced, undefined when nothing is left. */
    recall: (reservationId: string) => recall(find(reservations, reservationId)),
    digest: (envelope: DomainEventEnvelope) => digest(reservations, envelope),
  };
}

function reserve(
  reservations: Map<string, Reservation>,
  { accountId, prices, expiresAt }: { accountId: string; prices: readonly number[]; expiresAt: Date },
) {
  const reservation: Reservation = {
    reservationId: randomUUID(),
    eventId: randomUUID(),
    accountId,
    tickets: prices.map((price) => ({ id: randomUUID(), price, state: 'none' })),
    state: 'pending',
    expiresAt,
    isKept: false,
    outcome: null,
    returns: new Map(),
  };
  reservations.set(reservation.reservationId, reservation);
  return reservation.reservationId;
}

function find(reservations: Map<string, Reservation>, reservationId: string): Reservation {
  const reservation = reservations.get(reservationId);
  if (reservation === undefined) throw new Problem('reservation-not-found');
  return reservation;
}

function takeInstead(reservation: Reservation, clock: Clock): boolean {
  const isFree = reservation.state === 'pending' && reservation.expiresAt.getTime() <= clock.now();
  if (isFree) reservation.state = 'expired';
  return isFree;
}

function keep(reservation: Reservation, clock: Clock): void {
  if (reservation.isKept) return;
  reservation.isKept = true;
  reservation.expiresAt = new Date(Math.max(reservation.expiresAt.getTime(), clock.now() + keepMs));
}

function addRoutes(server: ServeDeps, reservations: Map<string, Reservation>, clock: Clock): void {
  serve(server, pinReservation, ({ params, body }) => {
    const reservation = find(reservations, params.reservationId);
    if (reservation.accountId !== body.accountId) throw new Problem('reservation-not-found');
    const isOver = reservation.state !== 'pending' || reservation.expiresAt.getTime() <= clock.now();
    if (isOver) throw new Problem('reservation-over');
    if (body.reason === 'outcome-unknown') keep(reservation, clock);
    const { reservationId, eventId, accountId, state, tickets, expiresAt } = reservation;
    const amount = sum(tickets);
    return {
      reservationId,
      eventId,
      accountId,
      state,
      amount,
      orderName: { ko: '좌석 2매', en: 'Seats × 2' },
      expiresAt: expiresAt.toISOString(),
    };
  });
  serve(server, confirmReservation, ({ params, body }) =>
    confirm(find(reservations, params.reservationId), body.paymentId, body.amount),
  );
  serve(server, beginReturn, ({ params, body }) => {
    const reservation = find(reservations, params.reservationId);
    const known = reservation.returns.get(body.refundId);
    const chosen = known ?? body.ticketIds ?? reservation.tickets.filter(isValid).map(({ id }) => id);
    const tickets = reservation.tickets.filter(({ id }) => chosen.includes(id));
    const isAllowed = known !== undefined || (tickets.length === chosen.length && tickets.every(isValid));
    if (!isAllowed || tickets.length === 0) throw new Problem('ticket-not-returnable');
    reservation.returns.set(body.refundId, [...chosen]);
    for (const ticket of tickets) if (ticket.state === 'valid') ticket.state = 'returning';
    return { ticketIds: [...chosen], amount: sum(tickets) };
  });
  serve(server, quoteReturn, ({ params, query }) => {
    const { tickets } = find(reservations, params.reservationId);
    const chosen = query.ticketIds?.split(',');
    const quoted = tickets.filter((ticket) => isValid(ticket) && (chosen?.includes(ticket.id) ?? true));
    return { ticketIds: quoted.map(({ id }) => id), amount: sum(quoted) };
  });
}

function recall(reservation: Reservation): DomainEventData<typeof refundOrdered> | undefined {
  const { reservationId, eventId, accountId, outcome } = reservation;
  const tickets = reservation.tickets.filter(isValid);
  if (outcome === null || tickets.length === 0) return undefined;
  const refundId = randomUUID();
  const ticketIds = tickets.map(({ id }) => id);
  reservation.returns.set(refundId, ticketIds);
  for (const ticket of tickets) ticket.state = 'returning';
  const { paymentId } = outcome;
  const title = { ko: '취소된 공연', en: 'Cancelled show' };
  return { reservationId, eventId, accountId, paymentId, refundId, ticketIds, amount: sum(tickets), title };
}

const isValid = (ticket: Ticket) => ticket.state === 'valid';
const sum = (tickets: readonly Ticket[]) => tickets.reduce((total, { price }) => total + price, 0);

function confirm(reservation: Reservation, paymentId: string, amount: number): Fulfilment {
  if (amount !== sum(reservation.tickets)) throw new Problem('amount-mismatch');
  if (reservation.outcome?.paymentId === paymentId) return reservation.outcome.fulfilment;
  const isFree = reservation.state === 'pending';
  if (isFree) {
    reservation.state = 'confirmed';
    for (const ticket of reservation.tickets) ticket.state = 'valid';
  }
  const fulfilment: Fulfilment = isFree
    ? { outcome: 'issued', ticketIds: reservation.tickets.map(({ id }) => id), replaced: false }
    : { outcome: 'lost' };
  reservation.outcome = { paymentId, fulfilment };
  return fulfilment;
}

function digest(reservations: Map<string, Reservation>, envelope: DomainEventEnvelope): void {
  const data = envelope.data as { reservationId: string; ticketIds?: string[] };
  const reservation = reservations.get(data.reservationId);
  const becomes = {
    'urr.payment.refunded.v1': 'returned',
    'urr.payment.refund-rejected.v1': 'valid',
  } as const;
  const state = becomes[envelope.type as keyof typeof becomes];
  if (reservation === undefined || state === undefined) return;
  for (const ticket of reservation.tickets)
    if (data.ticketIds?.includes(ticket.id) === true) ticket.state = state;
}
