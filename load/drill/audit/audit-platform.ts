import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { countOf, type Finding } from './finding.ts';
import { findIdempotencyViolations, type KeyedAnswers } from './idempotency.ts';
import { findLimitViolations, findOversold, findStuckPlaces, readStock } from './inventory.ts';
import {
  countStillWaiting,
  findDuplicatePlaces,
  findOrderInversions,
  findPacingViolations,
  readDraw,
} from './line.ts';
import { compareMoney, countUnsettled, findUnknownCharges, readOrders } from './money.ts';
import { findLostPlaces, findOvertaken, type RememberedPlaces } from './places.ts';
import { readProviderBook } from './provider-book.ts';

/** What an audit reads. */
export interface AuditSources {
  readonly eventId: string;
  /** Connection string of `ticket_db`, `payment_db`, `queue_db`. */
  readonly databaseUrl: (name: string) => string;
  readonly simulatorUrl: string;
  /** What fans were told of their places, and answers to their keys. */
  readonly remembered: readonly RememberedPlaces[];
  readonly keyed: readonly KeyedAnswers[];
}

/** Outcome of an audit: 0 everywhere means that every guarantee held. */
export interface AuditReport {
  readonly seats: number;
  readonly sold: number;
  readonly free: number;
  readonly stillWaiting: number;
  readonly oversold: number;
  readonly undersold: number;
  readonly paidWithoutTicket: number;
  readonly ticketWithoutPayment: number;
  readonly duplicatePlaces: number;
  readonly orderInversions: number;
  readonly pacingViolations: number;
  readonly lostPlaces: number;
  readonly ledgerDifferences: number;
  readonly doubleCharges: number;
  readonly idempotencyViolations: number;
  readonly limitViolations: number;
  readonly unsettledPayments: number;
  /** Every check that found something, with examples. */
  readonly findings: readonly Finding[];
}

interface Databases {
  readonly ticket: pg.Pool;
  readonly payment: pg.Pool;
  readonly queue: pg.Pool;
}

/** Audits one event from the databases and the payment provider alone; may be run again after restarts. */
export async function auditPlatform(sources: AuditSources): Promise<AuditReport> {
  const databases = openDatabases(sources);
  try {
    return await audit(databases, sources);
  } finally {
    await closeDatabases(databases);
  }
}

/** Waits until no payment of the event is under way, at most so long; answers how many still are. */
export async function waitUntilSettled(
  sources: Pick<AuditSources, 'eventId' | 'databaseUrl'>,
  watch: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<number> {
  const databases = openDatabases(sources);
  const endsAt = performance.now() + watch.deadlineMs;
  try {
    for (;;) {
      const [payments, ...outboxes] = await Promise.all([
        countUnsettled(databases.payment, sources.eventId),
        ...Object.values(databases).map((pool) => countUnpublished(pool as pg.Pool)),
      ]);
      if (payments === 0 && outboxes.every((waiting) => waiting === 0)) return 0;
      if (performance.now() > endsAt || watch.signal?.aborted === true) return payments;
      await sleep(500);
    }
  } finally {
    await closeDatabases(databases);
  }
}

async function countUnpublished(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ waiting: number }>(
    'SELECT count(*)::integer AS waiting FROM outbox WHERE published_at IS NULL',
  );
  return rows[0]?.waiting ?? 0;
}

async function audit(databases: Databases, sources: AuditSources): Promise<AuditReport> {
  const { ticket, queue } = databases;
  const { eventId } = sources;
  const [stock, stillWaiting, oversold, stuck, limits, money, line, idempotency, unsettledPayments] =
    await Promise.all([
      readStock(ticket, eventId),
      countStillWaiting(queue, eventId),
      findOversold(ticket, eventId),
      findStuckPlaces(ticket, eventId),
      findLimitViolations(ticket, eventId),
      auditMoney(databases, sources),
      auditLine(queue, sources),
      findIdempotencyViolations(databases, eventId, sources.keyed),
      countUnsettled(databases.payment, eventId),
    ]);
  const all = [...oversold, ...stuck, limits, ...Object.values(money), ...Object.values(line).flat()];
  return {
    seats: stock.sellable,
    sold: stock.sold,
    free: stock.free,
    stillWaiting,
    oversold: countOf(oversold) + Math.max(0, stock.sold - stock.sellable),
    undersold: countOf(stuck) + Math.min(stock.free, stillWaiting),
    paidWithoutTicket: money.paidWithoutTicket.count + money.unknownCharges.count,
    ticketWithoutPayment: money.ticketWithoutPayment.count,
    duplicatePlaces: countOf(line.duplicatePlaces),
    orderInversions: countOf(line.orderInversions),
    pacingViolations: countOf(line.pacingViolations),
    lostPlaces: countOf(line.lostPlaces),
    ledgerDifferences: money.ledgerDifferences.count,
    doubleCharges: money.doubleCharges.count,
    idempotencyViolations: countOf(idempotency),
    limitViolations: limits.count,
    unsettledPayments,
    findings: [...all, ...idempotency].filter((finding) => finding.count > 0),
  };
}

async function auditMoney(databases: Databases, sources: AuditSources) {
  const book = await readProviderBook(sources.simulatorUrl);
  const orders = await readOrders(databases, book, sources.eventId);
  return { ...compareMoney(orders), unknownCharges: await findUnknownCharges(databases.payment, book) };
}

async function auditLine(queue: pg.Pool, { eventId, remembered }: AuditSources) {
  const draw = await readDraw(queue, eventId);
  return {
    duplicatePlaces: await findDuplicatePlaces(queue, eventId),
    orderInversions: [...(await findOrderInversions(queue, eventId)), findOvertaken(remembered)],
    pacingViolations: await findPacingViolations(queue, eventId),
    lostPlaces: await findLostPlaces(queue, eventId, draw, remembered),
  };
}

function openDatabases({ databaseUrl }: Pick<AuditSources, 'databaseUrl'>): Databases {
  const open = (name: string) => {
    const pool = new pg.Pool({
      connectionString: databaseUrl(name),
      max: 4,
      connectionTimeoutMillis: 10_000,
    });
    pool.on('error', () => {});
    return pool;
  };
  return { ticket: open('ticket_db'), payment: open('payment_db'), queue: open('queue_db') };
}

async function closeDatabases({ ticket, payment, queue }: Databases): Promise<void> {
  await Promise.all([ticket, payment, queue].map((pool) => pool.end()));
}
