import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PaymentTables } from '../tables.ts';
import { type Attempt, confirmKeyOf, type UndecidedAnswer } from './attempt.ts';

type Executor = Kysely<PaymentTables>;

const columns = sql`a.id, a.order_id AS "orderId", a.reservation_id AS "reservationId", a.event_id AS "eventId",
  a.account_id AS "accountId", a.amount, a.order_name AS "orderName", a.accept_equal_seats AS "acceptEqualSeats",
  a.state, a.hold_expires_at AS "holdExpiresAt", a.payment_key AS "paymentKey", a.confirm_key AS "confirmKey",
  a.confirm_generation AS "confirmGeneration", a.confirm_answer AS "confirmAnswer",
  a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.ticket_ids AS "ticketIds",
  a.refunded_amount AS "refundedAmount", a.created_at AS "createdAt", a.checks,
  (extract(epoch FROM clock_timestamp() - coalesce(a.confirming_at, a.created_at)) * 1000)::float8 AS "ageMs"`;

const inMs = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;

// Data of an announced event that every payment event shares.
const facts = sql`'paymentId', m.id, 'reservationId', m.reservation_id, 'eventId', m.event_id, 'accountId', m.account_id, 'amount', m.amount`;
const duration = sql`round(extract(epoch FROM clock_timestamp() - coalesce(m.confirming_at, m.created_at)) * 1000)::int`;

export interface NewAttempt {
  readonly id: string;
  readonly orderId: string;
  readonly reservationId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly orderName: string;
  readonly acceptEqualSeats: boolean;
  readonly holdExpiresAt: string;
  readonly customerKey: string;
}

export interface Capture {
  readonly id: string;
  readonly paymentKey: string;
  readonly transactionKey: string;
  readonly approvedAt: string;
}

/** SQL of `payment_attempts`. Every change is one statement: compare, set, book and announce in one commit. */
export type AttemptStore = ReturnType<typeof createAttemptStore>;

export function createAttemptStore(db: Executor) {
  return {
    findById: (id: string) => first(db, sql`SELECT ${columns} FROM payment_attempts a WHERE a.id = ${id}`),
    findByOrder: (orderId: string) =>
      first(db, sql`SELECT ${columns} FROM payment_attempts a WHERE a.order_id = ${orderId}`),
    findOpen: (reservationId: string) => findOpen(db, reservationId),
    list: (accountId: string, before: string | null, limit: number) => list(db, accountId, before, limit),
    customerKey: (accountId: string, fresh: string) => customerKey(db, accountId, fresh),
    create: (attempt: NewAttempt, limits: { holdLeftMs: number; windowMs: number }) =>
      create(db, attempt, limits),
    acceptEqualSeats: (id: string, accepts: boolean) =>
      first(
        db,
        sql`UPDATE payment_attempts a SET accept_equal_seats = ${accepts} WHERE a.id = ${id} AND a.state = 'created' RETURNING ${columns}`,
      ),
    beginConfirm: (order: BeginConfirm) => beginConfirm(db, order),
    nextConfirmKey: (attempt: Attempt) => nextConfirmKey(db, attempt),
    capture: (capture: Capture, checkAfterMs: number) => captureMoney(db, capture, checkAfterMs),
    markUnknown: (id: string, answer: UndecidedAnswer, code: string | null) =>
      markUnknown(db, id, answer, code),
    keepDepositSecret: async (id: string, secret: string) => {
      await sql`UPDATE payment_attempts SET deposit_secret = ${secret} WHERE id = ${id}`.execute(db);
    },
    fail: (end: EndOfAttempt) => endWithoutMoney(db, end, 'failed'),
    expire: (end: EndOfAttempt) => endWithoutMoney(db, end, 'expired'),
    fulfil: (id: string, ticketIds: readonly string[]) => fulfil(db, id, ticketIds),
    takeDue: (leaseMs: number, limit: number) => takeDue(db, leaseMs, limit),
    checkAgainIn: (attempt: Pick<Attempt, 'id' | 'state'>, ms: number | null) =>
      checkAgainIn(db, attempt, ms),
  };
}

async function all(db: Executor, statement: RawBuilder<unknown>): Promise<Attempt[]> {
  return (await statement.execute(db)).rows as Attempt[];
}

async function first(db: Executor, statement: RawBuilder<unknown>): Promise<Attempt | undefined> {
  return (await all(db, statement))[0];
}

function findOpen(db: Executor, reservationId: string) {
  return first(
    db,
    sql`SELECT ${columns} FROM payment_attempts a WHERE a.reservation_id = ${reservationId}
      AND a.state IN ('created', 'confirming', 'unknown', 'captured', 'fulfilled')`,
  );
}

function list(db: Executor, accountId: string, before: string | null, limit: number) {
  return all(
    db,
    sql`SELECT ${columns} FROM payment_attempts a WHERE a.account_id = ${accountId}
      AND (${before}::uuid IS NULL OR a.id < ${before}::uuid) ORDER BY a.id DESC LIMIT ${limit}`,
  );
}

async function customerKey(db: Executor, accountId: string, fresh: string): Promise<string> {
  const found = await sql<{ customer_key: string }>`INSERT INTO customers AS c (account_id, customer_key)
    VALUES (${accountId}, ${fresh}) ON CONFLICT (account_id) DO UPDATE SET account_id = c.account_id
    RETURNING customer_key`.execute(db);
  return found.rows[0]?.customer_key ?? fresh;
}

/** The new attempt; undefined when another is open, or when too little of the hold is left. */
async function create(db: Executor, attempt: NewAttempt, limits: { holdLeftMs: number; windowMs: number }) {
  const found = await sql<Attempt & { customerKey: string }>`
    WITH customer AS (
      INSERT INTO customers AS c (account_id, customer_key) VALUES (${attempt.accountId}, ${attempt.customerKey})
      ON CONFLICT (account_id) DO UPDATE SET account_id = c.account_id RETURNING customer_key
    ), a AS (
      INSERT INTO payment_attempts (id, order_id, reservation_id, event_id, account_id, amount, order_name,
        accept_equal_seats, hold_expires_at, confirm_key, changed_by, next_check_at)
      SELECT ${attempt.id}::uuid, ${attempt.orderId}, ${attempt.reservationId}::uuid, ${attempt.eventId}::uuid,
        ${attempt.accountId}::uuid, ${attempt.amount}::bigint, ${attempt.orderName}, ${attempt.acceptEqualSeats}::boolean,
        ${attempt.holdExpiresAt}::timestamptz, ${confirmKeyOf(attempt.id, 1)}, ${attempt.accountId}, ${inMs(limits.windowMs)}
      WHERE ${attempt.holdExpiresAt}::timestamptz > ${inMs(limits.holdLeftMs)}
      ON CONFLICT (reservation_id) WHERE state IN ('created', 'confirming', 'unknown', 'captured', 'fulfilled') DO NOTHING
      RETURNING *
    ) SELECT ${columns}, customer.customer_key AS "customerKey" FROM a, customer`.execute(db);
  return found.rows[0];
}

export interface BeginConfirm {
  readonly orderId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly paymentKey: string;
  readonly holdLeftMs: number;
  readonly checkAfterMs: number;
}

/** Compare-and-set created → confirming, which also asserts that the hold still lasts; undefined when it does not apply. */
function beginConfirm(db: Executor, order: BeginConfirm) {
  return first(
    db,
    sql`UPDATE payment_attempts a SET state = 'confirming', payment_key = ${order.paymentKey},
        confirming_at = clock_timestamp(), changed_by = account_id::text, next_check_at = ${inMs(order.checkAfterMs)}
      WHERE a.order_id = ${order.orderId} AND a.account_id = ${order.accountId} AND a.amount = ${order.amount}
        AND a.state = 'created' AND a.hold_expires_at > ${inMs(order.holdLeftMs)}
      RETURNING ${columns}`,
  );
}

/** A new key for the confirm call, on disk before it is used; undefined when somebody else was first. */
function nextConfirmKey(db: Executor, attempt: Attempt) {
  const generation = attempt.confirmGeneration + 1;
  return first(
    db,
    sql`UPDATE payment_attempts a SET confirm_generation = ${generation}, confirm_key = ${confirmKeyOf(attempt.id, generation)},
        confirm_answer = NULL
      WHERE a.id = ${attempt.id} AND a.confirm_generation = ${attempt.confirmGeneration} AND a.state IN ('confirming', 'unknown')
      RETURNING ${columns}`,
  );
}

function captureMoney(db: Executor, capture: Capture, checkAfterMs: number) {
  return first(
    db,
    sql`WITH m AS (
      UPDATE payment_attempts SET state = 'captured', payment_key = ${capture.paymentKey},
        transaction_key = ${capture.transactionKey}, captured_at = clock_timestamp(), failure_code = NULL,
        failure_message = NULL, changed_by = 'payment-service', next_check_at = ${inMs(checkAfterMs)}, checks = 0
      WHERE id = ${capture.id} AND state IN ('confirming', 'unknown') RETURNING *
    ), booked AS (
      INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount, transaction_key, provider_at)
      SELECT 'capture', m.id, 'provider-receivable', 'buyer-deposits', m.amount, ${capture.transactionKey}, ${capture.approvedAt}::timestamptz FROM m
    ), announced AS (
      INSERT INTO outbox (topic, type, subject, data)
      SELECT 'payment-events', 'urr.payment.captured.v1', m.reservation_id::text,
        jsonb_build_object(${facts}, 'acceptEqualSeats', m.accept_equal_seats, 'durationMs', ${duration}) FROM m
    ) SELECT ${columns} FROM m a`,
  );
}

function markUnknown(db: Executor, id: string, answer: UndecidedAnswer, code: string | null) {
  return first(
    db,
    sql`UPDATE payment_attempts a SET state = 'unknown', confirm_answer = ${answer},
        failure_code = coalesce(${code}, failure_code), changed_by = 'payment-service'
      WHERE a.id = ${id} AND a.state IN ('confirming', 'unknown') RETURNING ${columns}`,
  );
}

export interface EndOfAttempt {
  readonly id: string;
  readonly from: readonly ('created' | 'confirming' | 'unknown')[];
  readonly code: string;
  readonly message: string;
  readonly byProvider: boolean;
  readonly by: string;
}

function endWithoutMoney(db: Executor, end: EndOfAttempt, state: 'failed' | 'expired') {
  return first(
    db,
    sql`WITH m AS (
      UPDATE payment_attempts SET state = ${state}, failure_code = ${end.code}, failure_message = ${end.message.slice(0, 500)},
        ended_at = clock_timestamp(), changed_by = ${end.by}, next_check_at = NULL
      WHERE id = ${end.id} AND state = ANY(${end.from}::text[]) RETURNING *
    ), announced AS (
      INSERT INTO outbox (topic, type, subject, data)
      SELECT 'payment-events', 'urr.payment.failed.v1', m.reservation_id::text,
        jsonb_build_object(${facts}, 'code', ${end.code}::text, 'byProvider', ${end.byProvider}::boolean, 'durationMs', ${duration}) FROM m
    ) SELECT ${columns} FROM m a`,
  );
}

function fulfil(db: Executor, id: string, ticketIds: readonly string[]) {
  return first(
    db,
    sql`WITH m AS (
      UPDATE payment_attempts SET state = 'fulfilled', ticket_ids = ${ticketIds}::uuid[], ended_at = clock_timestamp(),
        changed_by = 'payment-service', next_check_at = NULL
      WHERE id = ${id} AND state = 'captured' RETURNING *
    ), booked AS (
      INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount)
      SELECT 'fulfilment', m.id, 'buyer-deposits', 'organiser-sales', m.amount FROM m
    ) SELECT ${columns} FROM m a`,
  );
}

/** Takes rows whose time has come; they come back by themselves after the lease. */
function takeDue(db: Executor, leaseMs: number, limit: number) {
  return all(
    db,
    sql`UPDATE payment_attempts a SET next_check_at = ${inMs(leaseMs)} WHERE a.id IN (
        SELECT id FROM payment_attempts WHERE next_check_at <= clock_timestamp()
        ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
  );
}

// Only while nobody has moved it on: whoever did has set its time.
async function checkAgainIn(
  db: Executor,
  attempt: Pick<Attempt, 'id' | 'state'>,
  ms: number | null,
): Promise<void> {
  const at = ms === null ? sql`NULL` : inMs(ms);
  await sql`UPDATE payment_attempts SET next_check_at = ${at}, checks = checks + 1
    WHERE id = ${attempt.id} AND state = ${attempt.state}`.execute(db);
}
