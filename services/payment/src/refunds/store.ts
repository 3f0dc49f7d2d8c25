import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PaymentTables } from '../tables.ts';
import { cancelKeyOf, type Refund } from './refund.ts';

type Executor = Kysely<PaymentTables>;

const columns = sql`r.id, r.payment_id AS "paymentId", p.reservation_id AS "reservationId", p.account_id AS "accountId",
  p.payment_key AS "paymentKey", r.reason, r.requested_ticket_ids AS "requestedTicketIds", r.ticket_ids AS "ticketIds",
  r.amount, r.state, r.balance_before AS "balanceBefore", r.cancel_key AS "cancelKey",
  r.cancel_generation AS "cancelGeneration", r.is_key_spent AS "isKeySpent", r.failure_code AS "failureCode",
  r.created_at AS "createdAt", r.checks`;

const inMs = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;
const announceColumns = sql`INSERT INTO outbox (topic, type, subject, data)`;
const facts = sql`'paymentId', p.id, 'reservationId', p.reservation_id, 'eventId', p.event_id, 'accountId', p.account_id,
  'refundId', r.id, 'ticketIds', to_jsonb(r.ticket_ids)`;

/** Money the provider took for an attempt that had ended. */
export interface LateMoney {
  readonly paymentKey: string;
  readonly transactionKey: string;
  readonly approvedAt: string;
}

/** SQL of `refunds`. What a refund changes in its payment and the ledger happens in the same statement. */
export type RefundStore = ReturnType<typeof createRefundStore>;

export function createRefundStore(db: Executor) {
  return {
    findById: async (id: string) => (await select(db, sql`r.id = ${id}`))[0],
    findOpen: async (paymentId: string) =>
      (
        await select(db, sql`r.payment_id = ${paymentId} AND r.state IN ('requested', 'ready', 'sending')`)
      )[0],
    listOf: (paymentIds: readonly string[]) => select(db, sql`r.payment_id = ANY(${paymentIds}::uuid[])`),
    request: (order: RefundOrder, checkAfterMs: number) => request(db, order, checkAfterMs),
    order: (order: CancelledOrder) => keepOrder(db, order),
    takeTurn: (id: string) => takeTurn(db, id),
    returnLostHold: (paymentId: string, refundId: string, checkAfterMs: number) =>
      returnLostHold(db, paymentId, refundId, checkAfterMs),
    returnLateMoney: (paymentId: string, refundId: string, late: LateMoney, checkAfterMs: number) =>
      returnLateMoney(db, paymentId, refundId, late, checkAfterMs),
    makeReady: (id: string, ticketIds: readonly string[], amount: number) =>
      makeReady(db, id, ticketIds, amount),
    refuse: (id: string, code: string) =>
      changed(
        db,
        sql`UPDATE refunds SET state = 'refused', failure_code = ${code}, ended_at = clock_timestamp(), next_check_at = NULL,
          changed_by = 'ticket-service' WHERE id = ${id} AND state = 'requested' RETURNING id`,
      ),
    beginSending: (id: string, spacingMs: number) => beginSending(db, id, spacingMs),
    noteAnswer: (id: string, isKeySpent: boolean, code: string | null) =>
      changed(
        db,
        sql`UPDATE refunds SET is_key_spent = is_key_spent OR ${isKeySpent}, failure_code = ${code} WHERE id = ${id} AND state = 'sending' RETURNING id`,
      ),
    renewKey: (refund: Refund, balance: number) => renewKey(db, refund, balance),
    settle: (id: string, cancel: { transactionKey: string; canceledAt: string }) => settle(db, id, cancel),
    reject: (refund: Refund, code: string, ticketIds: readonly string[]) =>
      reject(db, refund, code, ticketIds),
    takeDue: (leaseMs: number, limit: number) => takeDue(db, leaseMs, limit),
    checkAgainIn: (id: string, ms: number) =>
      changed(
        db,
        sql`UPDATE refunds SET next_check_at = ${inMs(ms)}, checks = checks + 1
          WHERE id = ${id} AND state IN ('waiting', 'requested', 'ready', 'sending') RETURNING id`,
      ),
  };
}

async function select(db: Executor, where: RawBuilder<unknown>): Promise<Refund[]> {
  const found =
    await sql<Refund>`SELECT ${columns} FROM refunds r JOIN payment_attempts p ON p.id = r.payment_id
    WHERE ${where} ORDER BY r.id`.execute(db);
  return found.rows;
}

async function changed(db: Executor, statement: RawBuilder<unknown>): Promise<boolean> {
  return (await statement.execute(db)).rows.length > 0;
}

export interface RefundOrder {
  readonly id: string;
  readonly paymentId: string;
  readonly accountId: string;
  readonly ticketIds: readonly string[] | null;
}

/** False when another refund of the payment is open, or when nothing is left to refund. */
function request(db: Executor, order: RefundOrder, checkAfterMs: number): Promise<boolean> {
  return changed(
    db,
    sql`INSERT INTO refunds (id, payment_id, reason, requested_ticket_ids, state, cancel_key, changed_by, next_check_at)
      SELECT ${order.id}::uuid, p.id, 'buyer', ${order.ticketIds}::uuid[], 'requested', ${cancelKeyOf(order.id, 1)},
        ${order.accountId}, ${inMs(checkAfterMs)}
      FROM payment_attempts p WHERE p.id = ${order.paymentId} AND p.state = 'fulfilled' AND p.refunded_amount < p.amount
      ON CONFLICT (payment_id) WHERE state IN ('requested', 'ready', 'sending') DO NOTHING RETURNING id`,
  );
}

/** What ticket-service orders to be given back for a cancelled event. */
export interface CancelledOrder {
  readonly refundId: string;
  readonly paymentId: string;
  readonly ticketIds: readonly string[];
  /** Won. */
  readonly amount: number;
}

/** False when there is no such payment. The order's id is the refund's: a repeat changes nothing. */
function keepOrder(
  db: Executor,
  { refundId, paymentId, ticketIds, amount }: CancelledOrder,
): Promise<boolean> {
  return changed(
    db,
    sql`WITH p AS (SELECT id FROM payment_attempts WHERE id = ${paymentId}), kept AS (
      INSERT INTO refunds (id, payment_id, reason, requested_ticket_ids, ticket_ids, amount, state, cancel_key, changed_by, next_check_at)
      SELECT ${refundId}::uuid, p.id, 'event-cancelled', ${ticketIds}::uuid[], ${ticketIds}::uuid[], ${amount}::bigint, 'waiting',
        ${cancelKeyOf(refundId, 1)}, 'ticket-service', clock_timestamp() FROM p ON CONFLICT (id) DO NOTHING
    ) SELECT id FROM p`,
  );
}

/** Leaves `waiting` when it is this refund's turn; false when another is open or the payment has no tickets yet. */
function takeTurn(db: Executor, id: string): Promise<boolean> {
  return changed(
    db,
    sql`WITH p AS (
      SELECT id, state, amount - refunded_amount AS left_over FROM payment_attempts
      WHERE id = (SELECT payment_id FROM refunds WHERE id = ${id}) FOR UPDATE
    ) UPDATE refunds r SET balance_before = p.left_over, changed_by = 'payment-service',
        state = CASE p.state WHEN 'fulfilled' THEN 'ready' ELSE 'refused' END,
        failure_code = CASE p.state WHEN 'fulfilled' THEN NULL ELSE 'not-refundable' END,
        ended_at = CASE p.state WHEN 'fulfilled' THEN NULL ELSE clock_timestamp() END,
        next_check_at = CASE p.state WHEN 'fulfilled' THEN r.next_check_at END
      FROM p WHERE r.id = ${id} AND r.state = 'waiting' AND (p.state = 'refunded' OR p.state = 'fulfilled' AND r.amount <= p.left_over
        AND NOT EXISTS (SELECT 1 FROM refunds o WHERE o.payment_id = p.id AND o.state IN ('requested', 'ready', 'sending')))
      RETURNING r.id`,
  );
}

function returnLostHold(
  db: Executor,
  paymentId: string,
  refundId: string,
  checkAfterMs: number,
): Promise<boolean> {
  return changed(
    db,
    sql`WITH p AS (
      UPDATE payment_attempts SET state = 'refunding', changed_by = 'payment-service', next_check_at = NULL
      WHERE id = ${paymentId} AND state = 'captured' RETURNING *
    ) ${insertFullRefund(refundId, checkAfterMs)}`,
  );
}

function returnLateMoney(
  db: Executor,
  paymentId: string,
  refundId: string,
  late: LateMoney,
  checkAfterMs: number,
) {
  return changed(
    db,
    sql`WITH p AS (
      UPDATE payment_attempts SET state = 'refunding', changed_by = 'payment-service', next_check_at = NULL,
        payment_key = ${late.paymentKey}, transaction_key = ${late.transactionKey}, captured_at = clock_timestamp()
      WHERE id = ${paymentId} AND state IN ('created', 'failed', 'expired') RETURNING *
    ), booked AS (
      INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount, transaction_key, provider_at)
      SELECT 'capture', p.id, 'provider-receivable', 'buyer-deposits', p.amount, ${late.transactionKey}, ${late.approvedAt}::timestamptz FROM p
    ) ${insertFullRefund(refundId, checkAfterMs)}`,
  );
}

const insertFullRefund = (refundId: string, checkAfterMs: number) =>
  sql`INSERT INTO refunds (id, payment_id, reason, state, amount, balance_before, cancel_key, changed_by, next_check_at)
    SELECT ${refundId}::uuid, p.id, 'lost-hold', 'ready', p.amount - p.refunded_amount, p.amount - p.refunded_amount,
      ${cancelKeyOf(refundId, 1)}, 'payment-service', ${inMs(checkAfterMs)} FROM p RETURNING id`;

/** Fixes amount and expected balance under the payment's lock; false when the amount is more than is left. */
function makeReady(db: Executor, id: string, ticketIds: readonly string[], amount: number): Promise<boolean> {
  return changed(
    db,
    sql`WITH p AS (
      SELECT id, amount - refunded_amount AS left_over FROM payment_attempts
      WHERE id = (SELECT payment_id FROM refunds WHERE id = ${id}) FOR UPDATE
    ) UPDATE refunds r SET state = 'ready', ticket_ids = ${ticketIds}::uuid[], amount = ${amount}, balance_before = p.left_over
      FROM p WHERE r.id = ${id} AND r.state = 'requested' AND ${amount}::bigint BETWEEN 1 AND p.left_over RETURNING r.id`,
  );
}

/** Compare-and-set ready → sending, unless another cancel of the payment was too recent. */
function beginSending(db: Executor, id: string, spacingMs: number): Promise<boolean> {
  return changed(
    db,
    sql`UPDATE refunds r SET state = 'sending', changed_by = 'payment-service' FROM payment_attempts p
      WHERE r.id = ${id} AND r.state = 'ready' AND p.id = r.payment_id
        AND (p.last_cancel_at IS NULL OR p.last_cancel_at < ${inMs(-spacingMs)}) RETURNING r.id`,
  );
}

function renewKey(db: Executor, refund: Refund, balance: number): Promise<boolean> {
  const generation = refund.cancelGeneration + 1;
  return changed(
    db,
    sql`UPDATE refunds SET cancel_generation = ${generation}, cancel_key = ${cancelKeyOf(refund.id, generation)},
        is_key_spent = false, balance_before = ${balance}
      WHERE id = ${refund.id} AND state = 'sending' AND cancel_generation = ${refund.cancelGeneration} RETURNING id`,
  );
}

function settle(
  db: Executor,
  id: string,
  cancel: { transactionKey: string; canceledAt: string },
): Promise<boolean> {
  return changed(
    db,
    sql`WITH r AS (
      UPDATE refunds SET state = 'done', transaction_key = ${cancel.transactionKey}, failure_code = NULL,
        ended_at = clock_timestamp(), next_check_at = NULL, changed_by = 'payment-service'
      WHERE id = ${id} AND state = 'sending' RETURNING *
    ), p AS (
      UPDATE payment_attempts a SET refunded_amount = a.refunded_amount + r.amount, last_cancel_at = clock_timestamp(),
        changed_by = 'payment-service',
        state = CASE WHEN a.refunded_amount + r.amount = a.amount THEN 'refunded' ELSE a.state END
      FROM r WHERE a.id = r.payment_id RETURNING a.*
    ), booked AS (
      INSERT INTO ledger_entries (kind, payment_id, refund_id, debit, credit, amount, transaction_key, provider_at)
      SELECT 'refund', r.payment_id, r.id, CASE r.reason WHEN 'lost-hold' THEN 'buyer-deposits' ELSE 'organiser-sales' END,
        'provider-receivable', r.amount, ${cancel.transactionKey}, ${cancel.canceledAt}::timestamptz FROM r
    ), announced AS (
      ${announceColumns}
      SELECT 'payment-events', 'urr.payment.refunded.v1', p.reservation_id::text,
        jsonb_build_object(${facts}, 'amount', r.amount, 'orderName', p.order_name) FROM r, p
    ) SELECT r.id FROM r`,
  );
}

/** Ends a buyer's refund for good; ticket-service learns that its tickets stay. */
function reject(db: Executor, refund: Refund, code: string, ticketIds: readonly string[]): Promise<boolean> {
  return changed(
    db,
    sql`WITH r AS (
      UPDATE refunds SET state = 'rejected', failure_code = ${code}, ended_at = clock_timestamp(), next_check_at = NULL,
        ticket_ids = ${ticketIds}::uuid[], changed_by = 'payment-service'
      WHERE id = ${refund.id} AND state = ANY(ARRAY['requested', 'sending']) RETURNING *
    ), announced AS (
      ${announceColumns}
      SELECT 'payment-events', 'urr.payment.refund-rejected.v1', p.reservation_id::text,
        jsonb_build_object(${facts}, 'amount', coalesce(r.amount, 0), 'code', ${code}::text)
      FROM r JOIN payment_attempts p ON p.id = r.payment_id
    ) SELECT r.id FROM r`,
  );
}

async function takeDue(db: Executor, leaseMs: number, limit: number): Promise<Refund[]> {
  const taken = await sql<{ id: string }>`UPDATE refunds SET next_check_at = ${inMs(leaseMs)} WHERE id IN (
      SELECT id FROM refunds WHERE next_check_at <= clock_timestamp() ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`.execute(db);
  if (taken.rows.length === 0) return [];
  return select(db, sql`r.id = ANY(${taken.rows.map((row) => row.id)}::uuid[])`);
}
