import { withDeadline } from '@urr/platform/deadline.ts';
import { type Redis, RedisUnavailable } from '@urr/platform/redis/redis.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { QueueTables } from '../../tables.ts';
import type { LineStore, Sale } from '../line-store.ts';
import { createSalesPart as createLoggedSales, type LockSale } from '../postgres/sales.ts';
import type { KeptLines } from './kept-lines.ts';
import { type LineRow } from './line-rows.ts';
import { lineKeys } from './line-keys.ts';
import { lineScripts } from './line-scripts.ts';

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

/** What the sales of lines in Redis are made of. */
export interface SalesDeps {
  readonly pool: pg.Pool;
  readonly db: Kysely<QueueTables>;
  readonly redis: Redis;
  readonly lines: KeptLines;
}

const lookAroundMs = 1_000;
const retireMs = 60_000;
const glanceMs = 500;

/** Sales whose lines Redis keeps: what others decide stands in PostgreSQL and is taken over to Redis. */
export function createSalesPart(deps: SalesDeps): SalesPart {
  const { pool, lines } = deps;
  const logged = createLoggedSales(deps, lockThrough(lines));
  const overview = new Overview({ ...deps, readLogged: () => logged.readSales() });
  return {
    saveSchedules: async (schedules) => {
      await logged.saveSchedules(schedules);
      for (const { eventId } of schedules) {
        await lines.takeOverRow(eventId);
        overview.add(eventId);
      }
    },
    readSales: () => overview.read(),
    readSale: async (eventId) => (await lines.view(eventId))?.sale,
    restoreSale: async (sale) => {
      await logged.restoreSale(sale);
      await lines.takeOverRow(sale.eventId);
    },
    changeSettings: (eventId, actor, rule) =>
      lines.changeRow(eventId, () => logged.changeSettings(eventId, actor, rule)),
    recordCheckout: (messageId, eventId, rule) =>
      lines.changeRow(eventId, () => logged.recordCheckout(messageId, eventId, rule)),
    readFigures: async (eventId) => {
      const view = await lines.view(eventId);
      if (view === undefined) return { called: 0, lateClaimers: 0, admittedLastMinute: 0 };
      const { rows } = await pool.query<{ admitted: number }>({
        text: 'SELECT count(*) AS admitted FROM slots WHERE event_id = $1 AND granted_at > instant_of($2)',
        values: [eventId, view.look.seenAt.getTime() - 60_000],
      });
      const { reserved, lateClaimers } = view.look;
      return { called: reserved, lateClaimers, admittedLastMinute: rows[0]?.admitted ?? 0 };
    },
  };
}

// Under the lock no step can be logged and no line loaded, so the line is only looked at.
function lockThrough(lines: KeptLines): LockSale {
  return async (transaction: Transaction<QueueTables>, eventId: string) => {
    const { rows } = await sql<{ settings_version: number }>`
      SELECT settings_version FROM sales WHERE event_id = ${eventId} FOR UPDATE`.execute(transaction);
    return rows[0] === undefined ? undefined : lines.viewUnderLock(eventId, rows[0].settings_version);
  };
}

type SeenRow = Pick<LineRow, 'event_id' | 'incarnation' | 'line_seq' | 'settings_version'>;

interface OverviewDeps extends SalesDeps {
  /** The sales as PostgreSQL has them. */
  readonly readLogged: () => Promise<Sale[]>;
}

/** All sales at a glance: which there are is read from PostgreSQL once a second, how they stand from Redis each time. */
class Overview {
  readonly #deps: OverviewDeps;
  readonly #seen = new Map<string, Sale | undefined>();
  readonly #restsUntil = new Map<string, number>();
  #lookedAt = -Infinity;
  #retiredAt = -Infinity;

  constructor(deps: OverviewDeps) {
    this.#deps = deps;
  }

  add(eventId: string): void {
    if (!this.#seen.has(eventId)) this.#seen.set(eventId, undefined);
  }

  async read(): Promise<Sale[]> {
    if (performance.now() - this.#lookedAt > lookAroundMs) await this.#lookAround();
    const glances = await Promise.all([...this.#seen.keys()].map((eventId) => this.#glance(eventId)));
    const sales = glances.filter((sale) => sale !== undefined);
    return sales.length === glances.length ? sales : [...sales, ...(await this.#readUnseen(sales))];
  }

  // Lines that this replica has never seen are shown as the log has them. No tick comes of that: Redis decides.
  async #readUnseen(seen: readonly Sale[]): Promise<Sale[]> {
    const known = new Set(seen.map(({ eventId }) => eventId));
    const logged = await this.#deps.readLogged();
    return logged.filter(({ eventId }) => !known.has(eventId)).map((sale) => ({ ...sale, needsTick: false }));
  }

  // A line that cannot be seen now does not keep the others waiting: it is shown as it was seen last.
  async #glance(eventId: string): Promise<Sale | undefined> {
    const { lines } = this.#deps;
    const known = this.#seen.get(eventId);
    if (known !== undefined && isQuiet(known) && performance.now() < (this.#restsUntil.get(eventId) ?? 0))
      return known;
    const last = known === undefined ? undefined : { ...known, needsTick: false };
    try {
      const late = () => new RedisUnavailable('too late for a glance', { mayHaveRun: true });
      const attempt = await withDeadline(lines.tryView(eventId), glanceMs, late);
      if (attempt === 'again' || attempt.value === undefined) return last;
      this.#seen.set(eventId, attempt.value.sale);
      this.#restsUntil.set(eventId, performance.now() + lookAroundMs);
      return attempt.value.sale;
    } catch (error) {
      if (error instanceof RedisUnavailable) return last;
      throw error;
    }
  }

  async #lookAround(): Promise<void> {
    const { pool, lines } = this.#deps;
    const { rows } = await pool.query<SeenRow>({
      name: 'look-around',
      text: `SELECT event_id, incarnation, line_seq, settings_version FROM sales
             WHERE ends_at > clock_timestamp() - interval '1 day'`,
    });
    const present = new Set(rows.map((row) => row.event_id));
    for (const eventId of this.#seen.keys()) if (!present.has(eventId)) this.#forget(eventId);
    for (const { event_id: eventId, ...row } of rows) {
      this.add(eventId);
      if (await lines.noteRow(eventId, row)) this.#restsUntil.delete(eventId);
    }
    this.#lookedAt = performance.now();
    if (this.#lookedAt - this.#retiredAt > retireMs) await this.#retire();
  }

  #forget(eventId: string): void {
    this.#seen.delete(eventId);
    this.#restsUntil.delete(eventId);
    this.#deps.lines.forget(eventId);
  }

  // What ended a day ago leaves Redis; whoever asks for it still has it loaded again for a minute.
  async #retire(): Promise<void> {
    const { pool, redis, lines } = this.#deps;
    this.#retiredAt = performance.now();
    const { rows } = await pool.query<SeenRow>(
      `SELECT event_id, incarnation FROM sales
       WHERE ends_at <= clock_timestamp() - interval '1 day' AND incarnation <> 0 LIMIT 100`,
    );
    for (const { event_id: eventId, incarnation } of rows) {
      await redis.run(lineScripts.forget, lineKeys(eventId, incarnation), [String(incarnation)]);
      await pool.query('UPDATE sales SET incarnation = 0 WHERE event_id = $1 AND incarnation = $2', [
        eventId,
        incarnation,
      ]);
      lines.forget(eventId);
    }
  }
}

// Most sales are far ahead or over: once a second is enough for them.
function isQuiet({ phase, secondsToLobby }: Sale): boolean {
  return phase === 'ended' || phase === 'cancelled' || (phase === 'scheduled' && secondsToLobby > 3);
}
