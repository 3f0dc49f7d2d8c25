import { withDeadline } from '@urr/platform/redis/deadline.ts';
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
  const overview = new Overview(deps);
  return {
    saveSchedules: async (schedules) => {
      await logged.saveSchedules(schedules);
      for (const { eventId } of schedules) {
        await lines.renew(eventId);
        overview.add(eventId);
      }
    },
    readSales: () => overview.read(),
    readSale: async (eventId) => (await lines.look(eventId))?.sale,
    restoreSale: async (sale) => {
      await logged.restoreSale(sale);
      await lines.renew(sale.eventId);
    },
    changeSettings: (eventId, actor, rule) =>
      settle(lines, eventId, () => logged.changeSettings(eventId, actor, rule)),
    recordCheckout: (messageId, eventId, rule) =>
      settle(lines, eventId, () => logged.recordCheckout(messageId, eventId, rule)),
    readFigures: async (eventId) => {
      const view = await lines.look(eventId);
      if (view === undefined) return { called: 0, returners: 0, admittedLastMinute: 0 };
      const { rows } = await pool.query<{ admitted: number }>({
        name: 'admitted-since',
        text: 'SELECT count(*) AS admitted FROM slots WHERE event_id = $1 AND granted_at > instant_of($2)',
        values: [eventId, view.look.now - 60_000],
      });
      const { reserved, returners } = view.look;
      return { called: reserved, returners, admittedLastMinute: rows[0]?.admitted ?? 0 };
    },
  };
}

// A change that finds the line moved under it is made again; what PostgreSQL has is then taken over to Redis.
async function settle(lines: KeptLines, eventId: string, change: () => Promise<void>): Promise<void> {
  await lines.patiently(eventId, async () => {
    await lines.renew(eventId);
    await change();
    return { value: undefined };
  });
  await lines.renew(eventId);
}

// Under the lock no step can be logged and no line loaded, so the line is only looked at.
function lockThrough(lines: KeptLines): LockSale {
  return async (transaction: Transaction<QueueTables>, eventId: string) => {
    const { rows } = await sql<{ settings_version: number }>`
      SELECT settings_version FROM sales WHERE event_id = ${eventId} FOR UPDATE`.execute(transaction);
    if (rows[0] === undefined) return { sale: undefined, now: new Date(0) };
    const sale = await lines.lookUnderLock(eventId, rows[0].settings_version);
    return { sale, now: sale.seenAt };
  };
}

type SeenRow = Pick<LineRow, 'event_id' | 'incarnation' | 'line_seq' | 'settings_version'>;

/** All sales at a glance: which there are is read from PostgreSQL once a second, how they stand from Redis each time. */
class Overview {
  readonly #deps: SalesDeps;
  readonly #seen = new Map<string, Sale | undefined>();
  readonly #restsUntil = new Map<string, number>();
  #lookedAt = -Infinity;
  #retiredAt = -Infinity;

  constructor(deps: SalesDeps) {
    this.#deps = deps;
  }

  add(eventId: string): void {
    if (!this.#seen.has(eventId)) this.#seen.set(eventId, undefined);
  }

  async read(): Promise<Sale[]> {
    if (performance.now() - this.#lookedAt > lookAroundMs) await this.#lookAround();
    const sales = await Promise.all([...this.#seen.keys()].map((eventId) => this.#glance(eventId)));
    return sales.filter((sale) => sale !== undefined);
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
      const attempt = await withDeadline(lines.lookOnce(eventId), glanceMs, late);
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
      if (!lines.learn(eventId, row)) continue;
      await lines.refresh(eventId);
      this.#restsUntil.delete(eventId);
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
