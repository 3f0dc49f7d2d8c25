import { refundOrdered } from '@urr/contracts/domain-events.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';

type Writer = Transaction<TicketTables>;

/**
 * The reservation whose tickets were issued for a payment of this one: itself, or its replacement. Undefined when the
 * account has no such reservation.
 */
export async function reservationWithTickets(
  trx: Writer,
  order: { readonly reservationId: string; readonly accountId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ issued_for: string }>`
    SELECT coalesce(f.issued_for, r.reservation_id) AS issued_for FROM reservations r
    LEFT JOIN fulfilments f ON f.reservation_id = r.reservation_id AND f.outcome = 'issued'
    WHERE r.reservation_id = ${order.reservationId} AND r.account_id = ${order.accountId}`.execute(trx);
  return rows[0]?.issued_for;
}

/** Locks the tickets of a reservation, in id order. */
export async function lockTickets(trx: Writer, reservationId: string): Promise<void> {
  await sql`
    SELECT 1 FROM tickets WHERE reservation_id = ${reservationId} ORDER BY ticket_id FOR UPDATE`.execute(trx);
}

export async function readTickets(trx: Writer, reservationId: string) {
  return trx
    .selectFrom('tickets')
    .select(['ticket_id', 'state', 'price'])
    .where('reservation_id', '=', reservationId)
    .orderBy('ticket_id')
    .execute();
}

/** True when the show begins sooner than the cut-off, or has begun, by the store's clock. A cancelled show takes all back. */
export async function isPastCutoff(
  trx: Writer,
  reservationId: string,
  cutoffHours: number,
): Promise<boolean> {
  const { rows } = await sql<{ too_late: boolean }>`
    SELECT NOT e.cancelled AND e.starts_at - ${cutoffHours} * interval '1 hour' <= clock_timestamp() AS too_late
    FROM reservations r JOIN events e ON e.event_id = r.event_id
    WHERE r.reservation_id = ${reservationId}`.execute(trx);
  return rows[0]?.too_late ?? true;
}

export async function markReturning(
  trx: Writer,
  refundId: string,
  ticketIds: readonly string[],
): Promise<void> {
  await trx
    .updateTable('tickets')
    .set({ state: 'returning', refund_id: refundId })
    .where('ticket_id', 'in', ticketIds)
    .execute();
}

export async function readReturn(trx: Writer, refundId: string) {
  return trx.selectFrom('returns').selectAll().where('refund_id', '=', refundId).executeTakeFirst();
}

export async function insertReturn(
  trx: Writer,
  command: {
    readonly refundId: string;
    readonly reservationId: string;
    readonly accountId: string;
    readonly ticketIds: string[];
    readonly amount: number;
  },
): Promise<void> {
  await trx
    .insertInto('returns')
    .values({
      refund_id: command.refundId,
      reservation_id: command.reservationId,
      account_id: command.accountId,
      ticket_ids: command.ticketIds,
      amount: command.amount,
    })
    .execute();
}

/** Reservations of cancelled events that still have valid tickets, of at most so many tickets. */
export async function reservationsToGiveBack(
  db: Kysely<TicketTables>,
  mostTickets: number,
): Promise<string[]> {
  // Ordered as the index is, event by event: a plain join reads every valid ticket there is.
  const { rows } = await sql<{ reservation_id: string }>`
    SELECT DISTINCT reservation_id FROM (
      SELECT t.reservation_id FROM events e CROSS JOIN LATERAL (
        SELECT reservation_id FROM tickets WHERE event_id = e.event_id AND state = 'valid'
        ORDER BY event_id, reservation_id LIMIT ${mostTickets}
      ) t WHERE e.cancelled LIMIT ${mostTickets}
    ) valid`.execute(db);
  return rows.map((row) => row.reservation_id);
}

/** Locks what is valid of these reservations, alone and in id order: who used or returned one meanwhile has won. */
export async function lockValidTickets(trx: Writer, reservationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ ticket_id: string }>`
    SELECT ticket_id FROM tickets WHERE reservation_id = ANY (${reservationIds}::uuid[]) AND state = 'valid'
    ORDER BY ticket_id FOR UPDATE`.execute(trx);
  return rows.map((row) => row.ticket_id);
}

/** Locks tickets under one refund for each reservation, and orders it; answers how many. */
export async function writeOrders(
  trx: Writer,
  reservationIds: readonly string[],
  ticketIds: readonly string[],
): Promise<number> {
  const refundIds = reservationIds.map(() => uuidv7());
  const { rows } = await sql`
    WITH ordered AS MATERIALIZED (
      SELECT chosen.refund_id, t.reservation_id, t.payment_id, t.event_id, r.account_id,
        array_agg(t.ticket_id ORDER BY t.ticket_id) AS ticket_ids, sum(t.price)::bigint AS amount
      FROM unnest(${refundIds}::uuid[], ${reservationIds}::uuid[]) chosen (refund_id, reservation_id)
      JOIN reservations r ON r.reservation_id = chosen.reservation_id
      JOIN tickets t ON t.reservation_id = chosen.reservation_id
      WHERE t.ticket_id = ANY (${ticketIds}::uuid[])
      GROUP BY chosen.refund_id, t.reservation_id, t.payment_id, t.event_id, r.account_id
    ), locked AS (
      UPDATE tickets t SET state = 'returning', refund_id = o.refund_id
      FROM ordered o WHERE t.ticket_id = ANY (o.ticket_ids)
    ), opened AS (
      INSERT INTO returns (refund_id, reservation_id, account_id, ticket_ids, amount, begun_at)
      SELECT refund_id, reservation_id, account_id, ticket_ids, amount, statement_timestamp() FROM ordered
    ), recorded AS (
      INSERT INTO audit_log (actor, action, subject, after)
      SELECT 'ticket-service', 'tickets.recall', 'reservation:' || reservation_id,
        jsonb_build_object('refundId', refund_id, 'ticketIds', ticket_ids, 'amount', amount) FROM ordered
    )
    INSERT INTO outbox (topic, type, subject, data)
    SELECT ${refundOrdered.topic}, ${refundOrdered.type}, reservation_id::text,
      jsonb_build_object('reservationId', reservation_id, 'eventId', event_id, 'accountId', account_id,
        'paymentId', payment_id, 'refundId', refund_id, 'ticketIds', ticket_ids, 'amount', amount,
        'title', (SELECT e.title FROM events e WHERE e.event_id = ordered.event_id))
    FROM ordered RETURNING 1`.execute(trx);
  return rows.length;
}

/** A ticket on its way back, with the place it stands for. */
export interface ReturnedTicket {
  readonly ticket_id: string;
  readonly event_id: string;
  readonly reservation_id: string;
  readonly seat_id: number | null;
  readonly ticket_type_id: string | null;
}

/**
 * Takes tickets back for good, used ones too: the refund is a fact. Answers those that were not back before. Seats
 * first, tickets last: the lock order every writer keeps.
 */
export async function takeBack(
  trx: Writer,
  refundId: string,
  ticketIds: readonly string[],
): Promise<ReturnedTicket[]> {
  await sql`
    SELECT 1 FROM seats WHERE (event_id, seat_id) IN (
      SELECT event_id, seat_id FROM tickets WHERE ticket_id = ANY (${ticketIds}::uuid[]))
    ORDER BY event_id, seat_id FOR UPDATE`.execute(trx);
  await sql`
    SELECT 1 FROM pools WHERE (event_id, ticket_type_id) IN (
      SELECT event_id, ticket_type_id FROM tickets WHERE ticket_id = ANY (${ticketIds}::uuid[]))
    ORDER BY event_id, ticket_type_id FOR UPDATE`.execute(trx);
  await sql`
    SELECT 1 FROM tickets WHERE ticket_id = ANY (${ticketIds}::uuid[]) ORDER BY ticket_id FOR UPDATE`.execute(
    trx,
  );
  const { rows } = await sql<ReturnedTicket>`
    UPDATE tickets SET state = 'returned', refund_id = ${refundId}, returned_at = clock_timestamp()
    WHERE ticket_id = ANY (${ticketIds}::uuid[]) AND state <> 'returned'
    RETURNING ticket_id, event_id, reservation_id, seat_id, ticket_type_id`.execute(trx);
  return rows;
}

/** Frees the seats of returned tickets where they are still sold to the reservation of that ticket. */
export async function freeSeats(trx: Writer, tickets: readonly ReturnedTicket[]): Promise<void> {
  const seated = tickets.filter((ticket) => ticket.seat_id !== null);
  if (seated.length === 0) return;
  await sql`
    UPDATE seats s SET state = 'available', reservation_id = NULL, changed_in = pg_current_xact_id()
    FROM unnest(${seated.map((ticket) => ticket.event_id)}::uuid[],
      ${seated.map((ticket) => ticket.seat_id)}::integer[],
      ${seated.map((ticket) => ticket.reservation_id)}::uuid[]) t (event_id, seat_id, reservation_id)
    WHERE s.event_id = t.event_id AND s.seat_id = t.seat_id AND s.state = 'sold'
      AND s.reservation_id = t.reservation_id`.execute(trx);
}

/** Gives the places of returned tickets back to their pools. */
export async function freePlaces(trx: Writer, tickets: readonly ReturnedTicket[]): Promise<void> {
  const placed = tickets.filter((ticket) => ticket.ticket_type_id !== null);
  if (placed.length === 0) return;
  await sql`
    UPDATE pools p SET sold = p.sold - t.places
    FROM (SELECT event_id, ticket_type_id, count(*)::integer AS places
      FROM unnest(${placed.map((ticket) => ticket.event_id)}::uuid[],
        ${placed.map((ticket) => ticket.ticket_type_id)}::uuid[]) u (event_id, ticket_type_id) GROUP BY 1, 2) t
    WHERE p.event_id = t.event_id AND p.ticket_type_id = t.ticket_type_id`.execute(trx);
}

export async function endReturn(
  trx: Writer,
  refundId: string,
  state: 'returned' | 'rejected',
): Promise<void> {
  await sql`
    UPDATE returns SET state = ${state}, ended_at = clock_timestamp()
    WHERE refund_id = ${refundId} AND state = 'open'`.execute(trx);
}

/** Records a payment as lost unless it has an outcome; answers the outcome that stands. */
export async function closePayment(
  trx: Writer,
  payment: { readonly paymentId: string; readonly reservationId: string; readonly amount: number },
) {
  await trx
    .insertInto('fulfilments')
    .values({
      payment_id: payment.paymentId,
      reservation_id: payment.reservationId,
      outcome: 'lost',
      issued_for: null,
      replaced: false,
      ticket_ids: [],
      amount: payment.amount,
    })
    .onConflict((conflict) => conflict.column('payment_id').doNothing())
    .execute();
  return trx
    .selectFrom('fulfilments')
    .select(['outcome', 'ticket_ids', 'amount'])
    .where('payment_id', '=', payment.paymentId)
    .executeTakeFirstOrThrow();
}
