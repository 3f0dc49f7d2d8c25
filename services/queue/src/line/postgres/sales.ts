import { createHash } from 'node:crypto';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { firstTime } from '@urr/platform/inbox.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { QueueTables } from '../../tables.ts';
import { consumer } from '../consumer.ts';
import type { LineSchedule, LineSettings, LineStore, Sale } from '../line-store.ts';
import { storedSaleColumns, storedSaleOf, type StoredSaleRow } from './sale-rows.ts';

/** Numbers kept free after a restored line, for joins acknowledged between the last look at it and its loss. */
const restoredGap = 1000;

type SalesPart = Pick<
  LineStore,
  | 'saveSchedules'
  | 'readSales'
  | 'readSale'
  | 'restoreSale'
  | 'changeSettings'
  | 'recordCheckout'
  | 'readFigures'
>;

/** Locks a sale's row and answers the sale as it then stands, by the clock of who keeps the line. */
export type LockSale = (transaction: Transaction<QueueTables>, eventId: string) => Promise<Sale | undefined>;

/** Schedules, settings and figures of sales, in PostgreSQL; `lock` is another's where another keeps the lines. */
export function createSalesPart(
  { pool, db }: { pool: pg.Pool; db: Kysely<QueueTables> },
  lock: LockSale = lockSale,
): SalesPart {
  return {
    saveSchedules: (schedules) => saveSchedules(db, schedules),
    readSales: async () => {
      const { rows } = await pool.query<StoredSaleRow>({
        name: 'read-sales',
        text: `SELECT ${storedSaleColumns} FROM sales AS s, clock_timestamp() AS at WHERE ends_at > at - interval '1 day'`,
      });
      return rows.map((row) => storedSaleOf(row));
    },
    readSale: async (eventId) => {
      const { rows } = await pool.query<StoredSaleRow>({
        text: `SELECT ${storedSaleColumns} FROM sales AS s, clock_timestamp() AS at WHERE event_id = $1`,
        values: [eventId],
      });
      return rows[0] === undefined ? undefined : storedSaleOf(rows[0]);
    },
    restoreSale: (sale) => restoreSale(db, sale),
    changeSettings: (eventId, actor, rule) =>
      inTransaction(db, async (transaction) => {
        const sale = await lock(transaction, eventId);
        const after = sale === undefined ? undefined : rule(sale);
        if (sale === undefined || after === undefined) return;
        await writeSettings(transaction, sale, after);
        await audit(transaction, {
          actor: actor.accountId,
          action: actor.action,
          subject: `sale:${eventId}`,
          before: settingsOf(sale),
          after,
          requestId: actor.requestId,
        });
      }),
    recordCheckout: (messageId, eventId, rule) =>
      inTransaction(db, async (transaction) => {
        if (!(await firstTime(transaction, consumer, messageId))) return;
        const sale = await lock(transaction, eventId);
        if (sale === undefined) return;
        const { bearableRate, p95Ms, failureShare } = rule(sale);
        await sql`
          UPDATE sales SET bearable_rate = ${bearableRate}, checkout_p95_ms = ${p95Ms},
            checkout_failure_share = ${failureShare}, measured_at = ${sale.seenAt}
          WHERE event_id = ${eventId}`.execute(transaction);
      }),
    readFigures: (eventId) => readFigures(pool, eventId),
  };
}

async function saveSchedules(db: Kysely<QueueTables>, schedules: readonly LineSchedule[]): Promise<void> {
  const inOrder = schedules.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
  for (const schedule of inOrder) {
    await inTransaction(db, async (transaction) => {
      const before = await lockSale(transaction, schedule.eventId);
      await upsertSchedule(transaction, schedule);
      const after = await lockSale(transaction, schedule.eventId);
      if (after === undefined || (before !== undefined && isSameSchedule(before, after))) return;
      await audit(transaction, {
        actor: 'catalog-service',
        action: before === undefined ? 'line.create' : 'line.schedule',
        subject: `sale:${schedule.eventId}`,
        ...(before === undefined ? {} : { before: scheduleOf(before) }),
        after: scheduleOf(after),
      });
    });
  }
}

// A live value moves with catalog's value only when that one moved; the opening stands once the lobby is frozen.
async function upsertSchedule(transaction: Transaction<QueueTables>, schedule: LineSchedule): Promise<void> {
  const secretHash = createHash('sha256').update(schedule.secret).digest();
  await sql`
    INSERT INTO sales AS s (event_id, owner_id, epoch, scheduled_opens_at, scheduled_capacity, scheduled_rate, lobby_opens_at, opens_at,
      ends_at, threshold, slot_seconds, claim_seconds, is_cancelled, is_sold_out, capacity, rate_per_second, secret, secret_hash, leaf_key)
    VALUES (${schedule.eventId}, ${schedule.ownerId}, extract(epoch FROM clock_timestamp())::bigint, ${schedule.opensAt}, ${schedule.capacity},
      ${schedule.ratePerSecond}, ${schedule.lobbyOpensAt}, ${schedule.opensAt}, ${schedule.endsAt}, ${schedule.threshold},
      ${schedule.slotSeconds}, ${schedule.claimSeconds}, ${schedule.isCancelled}, ${schedule.isSoldOut}, ${schedule.capacity},
      ${schedule.ratePerSecond}, ${schedule.secret}, ${secretHash}, ${schedule.leafKey})
    ON CONFLICT (event_id) DO UPDATE SET
      owner_id = excluded.owner_id,
      scheduled_opens_at = excluded.scheduled_opens_at,
      scheduled_capacity = excluded.scheduled_capacity,
      scheduled_rate = excluded.scheduled_rate,
      lobby_opens_at = CASE WHEN s.lobby_size IS NULL THEN least(excluded.lobby_opens_at, s.opens_at) ELSE s.lobby_opens_at END,
      opens_at = CASE WHEN s.lobby_size IS NULL AND s.scheduled_opens_at <> excluded.scheduled_opens_at
        THEN excluded.opens_at ELSE s.opens_at END,
      capacity = CASE WHEN s.scheduled_capacity <> excluded.scheduled_capacity THEN excluded.capacity ELSE s.capacity END,
      rate_per_second = CASE WHEN s.scheduled_rate <> excluded.scheduled_rate THEN excluded.rate_per_second ELSE s.rate_per_second END,
      ends_at = excluded.ends_at, threshold = excluded.threshold, slot_seconds = excluded.slot_seconds,
      claim_seconds = excluded.claim_seconds, is_cancelled = excluded.is_cancelled, is_sold_out = excluded.is_sold_out`.execute(
    transaction,
  );
}

async function restoreSale(db: Kysely<QueueTables>, sale: Sale): Promise<void> {
  await sql`
    WITH restored AS (
      INSERT INTO sales (event_id, owner_id, epoch, scheduled_opens_at, scheduled_capacity, scheduled_rate, lobby_opens_at, opens_at,
        ends_at, threshold, slot_seconds, claim_seconds, capacity, rate_per_second, is_paused, is_draining, notice, issued,
        serving, active, secret, secret_hash, leaf_key, lobby_size, frozen_at, roster_root, drawn_at)
      VALUES (${sale.eventId}, ${sale.ownerId}, ${sale.epoch}, ${sale.opensAt}, ${sale.capacity}, ${sale.ratePerSecond}, ${sale.lobbyOpensAt},
        ${sale.opensAt}, ${sale.endsAt}, ${sale.threshold}, ${sale.slotSeconds}, ${sale.claimSeconds}, ${sale.capacity},
        ${sale.ratePerSecond}, ${sale.isPaused}, ${sale.isDraining}, ${JSON.stringify(sale.notice)}::jsonb,
        ${sale.issued + restoredGap}, ${sale.serving},
        (SELECT count(*) FROM slots WHERE event_id = ${sale.eventId} AND released_at IS NULL), ${sale.secret}, ${sale.secretHash}, ${sale.leafKey},
        ${sale.drawnAt === null ? null : sale.lobbySize}, ${sale.drawnAt}, ${sale.rosterRoot}, ${sale.drawnAt})
      ON CONFLICT (event_id) DO NOTHING RETURNING event_id)
    INSERT INTO holes (event_id, number)
      SELECT event_id, generate_series(${sale.issued}::bigint + 1, ${sale.issued}::bigint + ${restoredGap}::bigint)
      FROM restored WHERE ${sale.drawnAt !== null}
      ON CONFLICT DO NOTHING`.execute(db);
}

async function lockSale(transaction: Transaction<QueueTables>, eventId: string): Promise<Sale | undefined> {
  await sql`SELECT FROM sales WHERE event_id = ${eventId} FOR UPDATE`.execute(transaction);
  const { rows } = await sql<StoredSaleRow>`
    SELECT ${sql.raw(storedSaleColumns)} FROM sales AS s, clock_timestamp() AS at WHERE event_id = ${eventId}`.execute(
    transaction,
  );
  return rows[0] === undefined ? undefined : storedSaleOf(rows[0]);
}

async function writeSettings(
  transaction: Transaction<QueueTables>,
  before: Sale,
  after: LineSettings,
): Promise<void> {
  const isOpenedNow = after.opensAt.getTime() !== before.opensAt.getTime();
  await sql`
    UPDATE sales SET capacity = ${after.capacity}, rate_per_second = ${after.ratePerSecond}, is_paused = ${after.isPaused},
      is_draining = ${after.isDraining}, notice = ${after.notice === null ? null : JSON.stringify(after.notice)}::jsonb,
      opens_at = CASE WHEN ${isOpenedNow} THEN ${after.opensAt} ELSE opens_at END,
      lobby_opens_at = CASE WHEN ${isOpenedNow} THEN least(lobby_opens_at, ${before.seenAt}::timestamptz) ELSE lobby_opens_at END
    WHERE event_id = ${before.eventId}`.execute(transaction);
}

async function readFigures(pool: pg.Pool, eventId: string) {
  const { rows } = await pool.query<{ called: number; late_claimers: number; admitted: number }>({
    text: `SELECT reserved_slots(s, at) AS called, late_claimers_before(s, at, issued + 1) AS late_claimers,
             (SELECT count(*) FROM slots WHERE slots.event_id = s.event_id AND granted_at > at - interval '1 minute') AS admitted
           FROM sales AS s, clock_timestamp() AS at WHERE event_id = $1`,
    values: [eventId],
  });
  const row = rows[0];
  return {
    called: row?.called ?? 0,
    lateClaimers: row?.late_claimers ?? 0,
    admittedLastMinute: row?.admitted ?? 0,
  };
}

function settingsOf({ opensAt, capacity, ratePerSecond, isPaused, isDraining, notice }: Sale): LineSettings {
  return { opensAt, capacity, ratePerSecond, isPaused, isDraining, notice };
}

function scheduleOf(sale: Sale) {
  const { lobbyOpensAt, opensAt, endsAt, capacity, ratePerSecond, threshold, slotSeconds } = sale;
  const isCancelled = sale.phase === 'cancelled';
  return { lobbyOpensAt, opensAt, endsAt, capacity, ratePerSecond, threshold, slotSeconds, isCancelled };
}

// Selling out and coming back is stock, not a change of schedule.
function isSameSchedule(before: Sale, after: Sale): boolean {
  return JSON.stringify(scheduleOf(before)) === JSON.stringify(scheduleOf(after));
}
