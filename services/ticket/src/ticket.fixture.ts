import { randomBytes, randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { type DomainEventEnvelope, paymentCaptured } from '@urr/contracts/domain-events.ts';
import type { Inventory, LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { signEntryToken } from '@urr/entry-token/entry-token.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import type { Service } from '@urr/platform/service.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { ticketService } from './service.ts';

const jwtSecret = randomBytes(32).toString('base64');
const entrySecret = randomBytes(24).toString('hex');
const internalToken = randomBytes(32).toString('hex');

/** A running ticket-service over its own database. `replicas` share the database, not the memory; `way` is theirs to it. */
export async function startTicket(
  settings: Readonly<Record<string, string>> = {},
  replicas = 1,
  way: (databaseUrl: string) => Promise<string> = (url) => Promise.resolve(url),
) {
  const database = await createTestDatabase({ migrations: ticketService.migrations ?? '' });
  const environment = {
    LOG_LEVEL: 'silent',
    PORT: '0',
    JWT_SECRET: jwtSecret,
    INTERNAL_API_TOKEN: internalToken,
    QUEUE_ENTRY_TOKEN_SECRET: entrySecret,
    TICKET_DB_URL: await way(database.url),
    ...settings,
  };
  const bus = createInProcessBus();
  const services: Service[] = [];
  for (let count = 0; count < replicas; count += 1)
    services.push(await ticketService.create(environment, { bus: count === 0 ? bus : createInProcessBus() }));
  await Promise.all(services.map((service) => service.start()));
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  after(async () => {
    await Promise.all(services.map((service) => service.app.close()));
    await Promise.all(services.map((service) => service.stop()));
    await pool.end();
    await database.drop();
  });
  return { services, bus, pool, environment, databaseUrl: database.url, ...callers(services) };
}

export type TicketFixture = Awaited<ReturnType<typeof startTicket>>;

function callers(services: readonly Service[]) {
  const inject = (options: InjectOptions, replica = 0) => {
    const service = services[replica % services.length];
    if (service === undefined) throw new Error('no such replica');
    return service.app.inject(options);
  };
  const internal = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, replica = 0) =>
    inject(
      {
        method,
        url,
        headers: { 'x-internal-token': internalToken },
        ...(payload === undefined ? {} : { payload }),
      },
      replica,
    );
  const push = async (inventory: Inventory, eventId: string = randomUUID()) => {
    const response = await internal('PUT', `/internal/events/${eventId}/inventory`, inventory);
    if (response.statusCode !== 200) throw new Error(response.body);
    return eventId;
  };
  const reserve = (buyer: Buyer, seatIds: readonly number[], options: CallOptions = {}) =>
    inject(
      {
        method: 'POST',
        url: '/api/v1/seats/reserve',
        headers: { ...buyer.headers, ...options.headers },
        payload: { eventId: buyer.eventId, seatIds },
      },
      options.replica,
    );
  const hold = async (buyer: Buyer, seatIds: readonly number[], options: CallOptions = {}) => {
    const response = await reserve(buyer, seatIds, options);
    if (response.statusCode !== 201) throw new Error(response.body);
    return response.json<Reservation>();
  };
  const places = (buyer: Buyer, ticketTypeId: string, quantity: number, options: CallOptions = {}) =>
    inject(
      {
        method: 'POST',
        url: '/api/v1/reservations',
        headers: { ...buyer.headers, ...options.headers },
        payload: { eventId: buyer.eventId, items: [{ ticketTypeId, quantity }] },
      },
      options.replica,
    );
  return { inject, internal, push, reserve, hold, places, confirm: confirmer(internal) };
}

type Internal = (
  method: 'POST',
  url: string,
  payload?: object,
  replica?: number,
) => Promise<LightMyRequestResponse>;

function confirmer(internal: Internal) {
  return (
    reservation: Pick<Reservation, 'reservationId' | 'amount'>,
    buyer: Buyer,
    options: { paymentId?: string; acceptEqualSeats?: boolean; replica?: number } = {},
  ) =>
    internal(
      'POST',
      `/internal/reservations/${reservation.reservationId}/confirm`,
      {
        paymentId: options.paymentId ?? randomUUID(),
        eventId: buyer.eventId,
        accountId: buyer.accountId,
        amount: reservation.amount,
        acceptEqualSeats: options.acceptEqualSeats ?? false,
      },
      options.replica,
    );
}

interface CallOptions {
  readonly replica?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Buyer {
  readonly eventId: string;
  readonly accountId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A signed-in person admitted to an event; seconds may lie in the past. */
export function buyerOf(
  eventId: string,
  options: {
    accountId?: string;
    slotSeconds?: number;
    slotId?: string;
    role?: 'fan' | 'organiser' | 'admin';
  } = {},
): Buyer {
  const accountId = options.accountId ?? randomUUID();
  const nowSeconds = Math.floor(Date.now() / 1000);
  const accessToken = signAccessToken(
    { accountId, role: options.role ?? 'fan', sessionId: randomUUID() },
    { nowSeconds, lifetimeSeconds: 1800, tokenId: randomUUID() },
    signingKey(new Secret(jwtSecret)),
  );
  const entryToken = signEntryToken(
    {
      eventId,
      accountId,
      slotId: options.slotId ?? randomUUID(),
      startsAtSeconds: nowSeconds,
      endsAtSeconds: nowSeconds + (options.slotSeconds ?? 600),
    },
    Buffer.from(entrySecret, 'utf8'),
  );
  return {
    eventId,
    accountId,
    headers: { authorization: `Bearer ${accessToken}`, 'x-queue-entry-token': entryToken },
  };
}

/** A hall of equal rows: `rows` rows of `perRow` seats, all of one grade. */
export function seatsOf(rows: number, perRow: number, grade = 'R'): LayoutSeat[] {
  return Array.from({ length: rows * perRow }, (_, index) => ({
    section: 'FLOOR',
    row: String(Math.floor(index / perRow) + 1),
    seat: String((index % perRow) + 1),
    grade,
    x: ((index % perRow) - (perRow - 1) / 2) * 50,
    y: 200 + Math.floor(index / perRow) * 90,
    flags: [],
  }));
}

/** An inventory of seats, all of grade R at 50,000 won unless said otherwise. */
export function seatInventory(seats: readonly LayoutSeat[], changes: Partial<Inventory> = {}): Inventory {
  const grades = [...new Set(seats.map((seat) => seat.grade))];
  return {
    ...emptyInventory(),
    layout: { layoutId: randomUUID(), version: 1, seats: [...seats] },
    prices: grades.map((grade) => ({ grade, price: 50_000 })),
    ...changes,
  };
}

/** An inventory of one pool; answers its ticket type too. */
export function poolInventory(quantity: number, changes: Partial<Inventory> = {}) {
  const ticketTypeId = randomUUID();
  const pool = {
    ticketTypeId,
    name: { ko: '스탠딩', en: 'Standing' },
    grade: 'STANDING',
    quantity,
    price: 30_000,
  };
  return { ticketTypeId, inventory: { ...emptyInventory(), pools: [pool], ...changes } };
}

function emptyInventory(): Inventory {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  return {
    revision: 1,
    ownerId: randomUUID(),
    title: { ko: '겨울 편지', en: 'Winter Letters' },
    venue: { ko: '서랍소극장', en: 'Drawer Theatre' },
    startsAt: inDays(30),
    saleOpensAt: inDays(-1),
    saleEndsAt: inDays(29),
    limitPerAccount: 4,
    cancelled: false,
    layout: null,
    prices: [],
    pools: [],
  };
}

/** An event as another service would announce it. */
export function paymentEvent(type: string, data: object): DomainEventEnvelope {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/payment-service',
    type,
    subject: randomUUID(),
    time: new Date().toISOString(),
    data,
  };
}

/** What payment-service announces when a reservation was paid for. */
export function capturedPayment(
  { reservationId, amount }: Pick<Reservation, 'reservationId' | 'amount'>,
  { eventId, accountId }: Buyer,
  options: { paymentId?: string; acceptEqualSeats?: boolean } = {},
): DomainEventEnvelope {
  const { paymentId = randomUUID(), acceptEqualSeats = false } = options;
  const money = { paymentId, reservationId, eventId, accountId, amount };
  return paymentEvent(paymentCaptured.type, { ...money, acceptEqualSeats, durationMs: 1 });
}
