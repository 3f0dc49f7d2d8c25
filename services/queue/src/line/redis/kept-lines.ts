import type { Logger } from '@urr/platform/logger.ts';
import { type Redis, RedisUnavailable } from '@urr/platform/redis/redis.ts';
import type pg from 'pg';
import { askLine, type KeptLine } from './ask-line.ts';
import { recordSteps } from './line-log.ts';
import { type LineLook, type LineRow, lookOf, readLineRow } from './line-rows.ts';
import { lineScripts } from './line-scripts.ts';
import type { LineStep, StepReply } from './line-step.ts';
import { loadLine } from './load-line.ts';
import { type Attempt, Patience } from './patience.ts';
import { sendSettings } from './send-settings.ts';
import type { Sale } from '../line-store.ts';
import { saleOf } from '../postgres/sale-rows.ts';

/** What `KeptLines` is made of. */
export interface KeptLinesDeps {
  readonly pool: pg.Pool;
  readonly redis: Redis;
  readonly logger: Logger;
  /** Milliseconds a request waits for Redis, or for a line to be loaded again, before it is refused. */
  readonly patienceMs: number;
}

/** A script's reply and the line it was asked of. */
export type Answered = StepReply & { readonly line: KeptLine };

/** A sale, and what else was seen of its line. */
export interface LineView {
  readonly sale: Sale;
  readonly look: LineLook;
}

/**
 * Runs steps of lines: Redis decides, PostgreSQL logs, and only then anybody is told. A line that Redis lost, wholly or in
 * part, is loaded from the log and the step asked again.
 */
export class KeptLines {
  readonly #deps: KeptLinesDeps;
  readonly #lines = new Map<string, KeptLine>();
  readonly #loads = new Map<string, Promise<void>>();
  readonly #patience: Patience;

  constructor(deps: KeptLinesDeps) {
    this.#deps = deps;
    this.#patience = new Patience(deps.patienceMs, (eventId) => this.#loads.has(eventId));
  }

  /** Answers the script's result once what it depends on is logged; `undefined` for a sale nobody knows. */
  run(eventId: string, step: LineStep): Promise<Answered | undefined> {
    return this.#patience.tryUntilLate(eventId, () => this.#tryStep(eventId, step));
  }

  /** The sale as it is now, and everything before that logged. */
  view(eventId: string): Promise<LineView | undefined> {
    return this.#patience.tryUntilLate(eventId, () => this.tryView(eventId));
  }

  /** One try of `view`. */
  async tryView(eventId: string): Promise<Attempt<LineView>> {
    const attempt = await this.#tryStep(eventId, { script: lineScripts.look, args: [] });
    if (attempt === 'again') return 'again';
    if (attempt.value === undefined) return { value: undefined };
    const { line, result, now } = attempt.value;
    const look = lookOf(result, now);
    if (look.version < line.row.settings_version) {
      await sendSettings(this.#deps, line);
      return 'again';
    }
    if (isAhead(look, line.row)) return this.#readOrLoad(line, look);
    return { value: { sale: saleOf(line.row, look), look } };
  }

  /** The sale under the lock of its row, whose version is given; throws `RedisUnavailable` when it cannot be seen at once. */
  async viewUnderLock(eventId: string, version: number): Promise<Sale> {
    const line = this.#lines.get(eventId);
    if (line?.row.settings_version === version) {
      const reply = await askLine(this.#deps.redis, line, { script: lineScripts.look, args: [] });
      const look = lookOf(reply.result, reply.now);
      if (reply.status === 'ok' && look.version === version) return saleOf(line.row, look);
    }
    throw new RedisUnavailable('the line is not what it was', { mayHaveRun: false });
  }

  /** Changes the sale's row by `change`, which uses `viewUnderLock`: again, when the line moved under it. */
  async changeRow(eventId: string, change: () => Promise<void>): Promise<void> {
    await this.#patience.tryUntilLate(eventId, async () => {
      await this.takeOverRow(eventId);
      await change();
      return { value: undefined };
    });
    await this.takeOverRow(eventId);
  }

  /** Takes the settings of the sale's row over to Redis. */
  async takeOverRow(eventId: string): Promise<void> {
    await this.#readRow(eventId);
    await this.view(eventId);
  }

  /** Takes note of what another reader saw of the row; true when it had changed, and was read again. */
  async noteRow(
    eventId: string,
    seen: Pick<LineRow, 'incarnation' | 'line_seq' | 'settings_version'>,
  ): Promise<boolean> {
    const known = this.#lines.get(eventId);
    if (known === undefined) return false;
    if (known.incarnation === seen.incarnation) {
      known.logged = Math.max(known.logged, seen.line_seq);
      if (known.row.settings_version >= seen.settings_version) return false;
    }
    await this.#readRow(eventId);
    return true;
  }

  forget(eventId: string): void {
    this.#lines.delete(eventId);
    this.#patience.endTrouble(eventId);
  }

  async #tryStep(eventId: string, step: LineStep): Promise<Attempt<Answered>> {
    if (!this.#lines.has(eventId)) await this.#readRow(eventId);
    const line = this.#lines.get(eventId);
    if (line === undefined) return { value: undefined };
    if ((await step.isDone?.()) === true) return { value: undefined };
    const reply = await askLine(this.#deps.redis, line, step);
    if (reply.status === 'lost') return this.#load(line, 'Redis does not have the line');
    this.#patience.endTrouble(eventId);
    line.logged = Math.max(line.logged, reply.logged);
    if (reply.steps.length > 0) {
      const outcome = await recordSteps(this.#deps.pool, line, reply.steps);
      if (outcome === 'forked') return this.#load(line, 'Redis and the log do not agree');
      if (outcome === 'stale') await this.#readRow(eventId);
      if (outcome !== 'recorded') return 'again';
      line.logged = Math.max(line.logged, reply.seq);
    }
    return reply.status === 'behind' ? 'again' : { value: { ...reply, line } };
  }

  // What is known of the row's log stays.
  async #readRow(eventId: string): Promise<void> {
    const row = await readLineRow(this.#deps.pool, eventId);
    const known = this.#lines.get(eventId);
    if (row === undefined) this.#lines.delete(eventId);
    else if (known !== undefined && known.incarnation === row.incarnation) known.row = row;
    else this.#remember(row);
  }

  #remember(row: LineRow): void {
    const { event_id: eventId, incarnation, line_seq: logged } = row;
    this.#lines.set(eventId, { eventId, incarnation, logged, row });
  }

  // The row is younger than what we remember, or PostgreSQL has been set back.
  async #readOrLoad(line: KeptLine, look: LineLook): Promise<'again'> {
    await this.#readRow(line.eventId);
    const known = this.#lines.get(line.eventId);
    if (known !== line || !isAhead(look, known.row)) return 'again';
    return this.#load(line, 'Redis knows more than the database');
  }

  // Whoever finds the line lost while it is being loaded waits for the same load.
  async #load(line: KeptLine, fault: string): Promise<'again'> {
    const { eventId, incarnation } = line;
    if (this.#lines.get(eventId) !== line) return 'again';
    const known = this.#loads.get(eventId);
    if (known !== undefined) return known.then(() => 'again' as const);
    const load = this.#loadFrom(eventId, incarnation, fault).finally(() => this.#loads.delete(eventId));
    this.#loads.set(eventId, load);
    await load;
    return 'again';
  }

  async #loadFrom(eventId: string, incarnation: number, fault: string): Promise<void> {
    const { logger } = this.#deps;
    const startedAt = performance.now();
    this.#patience.beginTrouble(eventId);
    const { row, isOurs } = await loadLine(this.#deps, eventId, incarnation);
    if (row === undefined) return this.forget(eventId);
    this.#remember(row);
    this.#patience.endTrouble(eventId);
    const tookMs = Math.round(performance.now() - startedAt);
    const facts = { eventId, issued: row.issued, incarnation: row.incarnation, tookMs };
    if (isOurs && incarnation !== 0) logger.error(facts, `${fault}; loaded it from the log`);
    else logger.debug(facts, 'line loaded into Redis');
  }
}

function isAhead(look: LineLook, row: LineRow): boolean {
  return look.version > row.settings_version || (look.drawnAt !== null && row.roster_root === null);
}
