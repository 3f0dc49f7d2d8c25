import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import pg from 'pg';

/** Databases of a made-up sale, into which a test plants what an audit must find. */
export interface PlantedSale {
  readonly eventId: string;
  readonly ticket: pg.Pool;
  readonly payment: pg.Pool;
  readonly queue: pg.Pool;
  drop(): Promise<void>;
}

const services = path.join(import.meta.dirname, '../../../services');

/** Creates the databases with the services' own migrations and an event of `seats` seats, all free. */
export async function plantSale(seats: number): Promise<PlantedSale> {
  const databases = await Promise.all(
    ['ticket', 'payment', 'queue'].map((name) =>
      createTestDatabase({ migrations: path.join(services, name, 'migrations') }),
    ),
  );
  const [ticket, payment, queue] = databases.map((database) => {
    const pool = new pg.Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => {});
    return pool;
  });
  if (ticket === undefined || payment === undefined || queue === undefined) throw new Error('unreachable');
  const eventId = randomUUID();
  await plantEvent(ticket, eventId, seats);
  const drop = async () => {
    await Promise.all([ticket, payment, queue].map((pool) => pool.end()));
    await Promise.all(databases.map((database) => database.drop()));
  };
  return { eventId, ticket, payment, queue, drop };
}

async function plantEvent(ticket: pg.Pool, eventId: string, seats: number): Promise<void> {
  await ticket.query(
    `INSERT INTO events (event_id, owner_id, title, venue, starts_at, sale_opens_at, sale_ends_at, limit_per_account, cancelled, seat_count)
     VALUES ($1, gen_random_uuid(), '{}', '{}', now() + interval '9 days', now(), now() + interval '8 days', 4, false, $2)`,
    [eventId, seats],
  );
  await ticket.query(
    `INSERT INTO seats (event_id, seat_id, grade) SELECT $1, seat, 'R' FROM generate_series(0, $2 - 1) seat`,
    [eventId, seats],
  );
}

/** A reservation to plant. Seconds count from now; the past is negative. */
export interface PlantedReservation {
  readonly state: 'pending' | 'confirmed' | 'expired' | 'cancelled';
  readonly seatIds: readonly number[];
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly endedSeconds?: number;
  readonly accountId?: string;
  readonly key?: string;
}

/** Plants a reservation alone, without touching seats or tickets. */
export async function plantReservation(sale: PlantedSale, planted: PlantedReservation): Promise<string> {
  const reservationId = randomUUID();
  await sale.ticket.query(
    `INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at,
       held_until, ended_at, idempotency_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, '[]', now() + $8 * interval '1 second', now() + $9 * interval '1 second',
       now() + $10 * interval '1 second', $11)`,
    [
      reservationId,
      sale.eventId,
      planted.accountId ?? randomUUID(),
      planted.state,
      planted.seatIds.length,
      planted.seatIds.length * 100,
      planted.seatIds,
      planted.fromSeconds,
      planted.untilSeconds,
      planted.endedSeconds ?? null,
      planted.key ?? null,
    ],
  );
  return reservationId;
}

/** A ticket to plant; it costs 100 won. */
export interface PlantedTicket {
  readonly reservationId: string;
  readonly seatId?: number;
  readonly ticketTypeId?: string;
  readonly paymentId?: string;
  readonly accountId?: string;
}

/** Plants a living ticket alone. */
export async function plantTicket(sale: PlantedSale, planted: PlantedTicket): Promise<void> {
  await sale.ticket.query(
    `INSERT INTO tickets (ticket_id, event_id, reservation_id, payment_id, account_id, seat_id, ticket_type_id, grade, price,
       code, totp_secret) VALUES ($1, $2, $3, $4, $5, $6, $7, 'R', 100, gen_random_uuid()::text, '\\x00')`,
    [
      randomUUID(),
      sale.eventId,
      planted.reservationId,
      planted.paymentId ?? randomUUID(),
      planted.accountId ?? randomUUID(),
      planted.seatId ?? null,
      planted.ticketTypeId ?? null,
    ],
  );
}

/** Plants a sold seat as a correct sale leaves it: confirmed reservation, sold seat, living ticket. */
export async function plantSoldSeat(sale: PlantedSale, seatId: number, paymentId?: string): Promise<string> {
  const reservationId = await plantReservation(sale, {
    state: 'confirmed',
    seatIds: [seatId],
    fromSeconds: -60,
    untilSeconds: 60,
    endedSeconds: -30,
  });
  await sale.ticket.query(
    `UPDATE seats SET state = 'sold', reservation_id = $3, held_until = NULL WHERE event_id = $1 AND seat_id = $2`,
    [sale.eventId, seatId, reservationId],
  );
  await plantTicket(sale, { reservationId, seatId, ...(paymentId && { paymentId }) });
  return reservationId;
}

/** A payment to plant: 100 won, captured and booked unless said otherwise. */
export interface PlantedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly reservationId?: string;
  readonly state?: 'created' | 'fulfilled' | 'captured';
  readonly isBooked?: boolean;
}

/** Plants a payment attempt and, unless told not to, its capture in the ledger. */
export async function plantPayment(sale: PlantedSale, planted: PlantedPayment): Promise<void> {
  await sale.payment.query(
    `INSERT INTO payment_attempts (id, order_id, reservation_id, event_id, account_id, amount, order_name, accept_equal_seats,
       state, hold_expires_at, confirm_key, changed_by)
     VALUES ($1, $2, $3, $4, $5, 100, 'drill', false, $6, now(), $2, 'drill')`,
    [
      planted.paymentId,
      planted.orderId,
      planted.reservationId ?? randomUUID(),
      sale.eventId,
      randomUUID(),
      planted.state ?? 'fulfilled',
    ],
  );
  if (planted.isBooked === false) return;
  await sale.payment.query(
    `INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount, transaction_key)
     VALUES ('capture', $1, 'provider-receivable', 'buyer-deposits', 100, $2)`,
    [planted.paymentId, `T${planted.paymentId}`],
  );
}
