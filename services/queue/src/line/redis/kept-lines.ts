import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import { withDeadline } from '@urr/platform/redis/deadline.ts';
import { type Redis, RedisUnavailable } from '@urr/platform/redis/redis.ts';
import type pg from 'pg';
import { lineKeys } from './line-keys.ts';
import { recordSteps } from './line-log.ts';
import { type LineLook, type LineRow, lookOf, readLineRow, saleOf, settingFields } from './line-rows.ts';
import { lineScripts } from './line-scripts.ts';
import { type LineStep, replyOf, type StepReply } from './line-step.ts';
import { loadLine } from './load-line.ts';
import type { Sale } from '../line-store.ts';

/** What this replica knows of a line that Redis keeps. */
export interface KeptLine {
  readonly eventId: string;
  readonly incarnation: number;
  /** Highest step known to be logged. */
  logged: number;
  row: LineRow;
}

/** What `KeptLines` is made of. */
export interface KeptLinesDeps {
  readonly pool: pg.Pool;
  readonly redis: Redis;
  readonly logger: Logger;
  /** Milliseconds a request waits for Redis, or for a line to be loaded again, before it is refused. */
  readonly patienceMs: number;
}

const retryMs = 50;
/** What one try is given, however late. */
const leastMs = 1_000;
const numbersPerScript = 2_000;

/**
 * Runs steps of lines: Redis decides, PostgreSQL logs, and only then anybody is told. A line that Redis lost, wholly or in
 * part, is loaded from the log and the step asked again.
 */
export class KeptLines {
  readonly #deps: KeptLinesDeps;
  readonly #lines = new Map<string, KeptLine>();
  readonly #loads = new Map<string, Promise<void>>();
  /** Since when lines cannot be asked or are being loaded, by this process's monotonic clock. */
  readonly #troubled = new Map<string, number>();

  constructor(deps: KeptLinesDeps) {
    this.#deps = deps;
  }

  /** Answers the script's result once what it depends on is logged; `undefined` for a sale nobody knows. */
  run(eventId: string, step: LineStep): Promise<Answered | undefined> {
    return this.patiently(eventId, () => this.#try(eventId, step));
  }

  /** The sale as it is now, and everything before that logged. */
  look(eventId: string): Promise<LineView | undefined> {
    return this.patiently(eventId, () => this.lookOnce(eventId));
  }

  /** One try of `look`. */
  async lookOnce(eventId: string): Promise<Attempt<LineView>> {
    const attempt = await this.#try(eventId, { script: lineScripts.look, args: [] });
    if (attempt === 'again') return 'again';
    if (attempt.value === undefined) return { value: undefined };
    const { line, result, now } = attempt.value;
    const look = lookOf(result, now);
    if (look.version < line.row.settings_version) return this.#push(line);
    if (isAhead(look, line.row)) return this.#catchUp(line, look);
    return { value: { sale: saleOf(line.row, look), look } };
  }

  /** The sale under the lock of its row, whose version is given; throws `RedisUnavailable` when it cannot be seen at once. */
  async lookUnderLock(eventId: string, version: number): Promise<Sale> {
    const line = this.#lines.get(eventId);
    if (line?.row.settings_version === version) {
      const reply = await this.#send(line, { script: lineScripts.look, args: [] });
      const look = lookOf(reply.result, reply.now);
      if (reply.status === 'ok' && look.version === version) return saleOf(line.row, look);
    }
    throw new RedisUnavailable('the line is not what it was', { mayHaveRun: false });
  }

  /**
   * Tries until it succeeds or patience ends; what Redis cannot do now is tried again after a moment. While a line is in
   * trouble, patience is counted from its beginning: who comes later waits no longer than who came first.
   */
  async patiently<Value>(
    eventId: string,
    attempt: () => Promise<Attempt<Value>>,
  ): Promise<Value | undefined> {
    const endsAt = performance.now() + this.#deps.patienceMs;
    for (let tries = 1; ; tries += 1) {
      const leftMs = Math.min(endsAt, this.#troubleEndsAt(eventId)) - performance.now();
      if (leftMs <= 0 && (tries > 1 || this.#loads.has(eventId))) throw late();
      try {
        const tried = await withDeadline(attempt(), Math.max(leftMs, leastMs), late);
        if (tried !== 'again') return tried.value;
        if (tries % 4 === 0) await sleep(retryMs);
      } catch (error) {
        if (!(error instanceof RedisUnavailable)) throw error;
        this.#trouble(eventId);
        if (leftMs <= retryMs) throw late(error);
        await sleep(retryMs);
      }
    }
  }

  #trouble(eventId: string): void {
    if (!this.#troubled.has(eventId)) this.#troubled.set(eventId, performance.now());
  }

  #troubleEndsAt(eventId: string): number {
    const since = this.#troubled.get(eventId);
    return since === undefined ? Infinity : since + this.#deps.patienceMs;
  }

  /** Takes a change of settings in PostgreSQL over to Redis. */
  async renew(eventId: string): Promise<void> {
    await this.refresh(eventId);
    await this.look(eventId);
  }

  /** Reads the sale's row again; what is known of its log stays. */
  async refresh(eventId: string): Promise<'again'> {
    const row = await readLineRow(this.#deps.pool, eventId);
    const known = this.#lines.get(eventId);
    if (row === undefined) this.#lines.delete(eventId);
    else if (known !== undefined && known.incarnation === row.incarnation) known.row = row;
    else this.#adopt(row);
    return 'again';
  }

  /** What another reader saw in PostgreSQL; answers whether the row must be read again. */
  learn(eventId: string, seen: Pick<LineRow, 'incarnation' | 'line_seq' | 'settings_version'>): boolean {
    const known = this.#lines.get(eventId);
    if (known === undefined) return false;
    if (known.incarnation !== seen.incarnation) return true;
    known.logged = Math.max(known.logged, seen.line_seq);
    return known.row.settings_version < seen.settings_version;
  }

  forget(eventId: string): void {
    this.#lines.delete(eventId);
    this.#troubled.delete(eventId);
  }

  async #find(eventId: string): Promise<KeptLine | undefined> {
    if (!this.#lines.has(eventId)) await this.refresh(eventId);
    return this.#lines.get(eventId);
  }

  async #try(eventId: string, step: LineStep): Promise<Attempt<Answered>> {
    const line = await this.#find(eventId);
    if (line === undefined) return { value: undefined };
    if ((await step.isDone?.()) === true) return { value: undefined };
    const reply = await this.#send(line, step);
    if (reply.status === 'lost') return this.#load(line, 'Redis does not have the line');
    this.#troubled.delete(eventId);
    line.logged = Math.max(line.logged, reply.logged);
    if (reply.steps.length > 0) {
      const outcome = await recordSteps(this.#deps.pool, line, reply.steps);
      if (outcome === 'forked') return this.#load(line, 'Redis and the log do not agree');
      if (outcome === 'stale') return this.refresh(eventId);
      if (outcome === 'late') return 'again';
      line.logged = Math.max(line.logged, reply.seq);
    }
    return reply.status === 'behind' ? 'again' : { value: { ...reply, line } };
  }

  async #send(line: KeptLine, { script, args }: Omit<LineStep, 'isDone'>): Promise<StepReply> {
    const keys = lineKeys(line.eventId, line.incarnation);
    const head = [String(line.incarnation), randomUUID(), String(line.logged)];
    return replyOf(await this.#deps.redis.run(script, keys, [...head, ...args]).catch(lostWhenForeign));
  }

  // The row is younger than what we remember, or PostgreSQL has been set back.
  async #catchUp(line: KeptLine, look: LineLook): Promise<'again'> {
    await this.refresh(line.eventId);
    const known = this.#lines.get(line.eventId);
    if (known !== line || !isAhead(look, known.row)) return 'again';
    return this.#load(line, 'Redis knows more than the database');
  }

  async #push(line: KeptLine): Promise<'again'> {
    const { row } = line;
    const drawnAt = row.drawn_at === null ? '' : String(row.drawn_at.getTime());
    const send = (hasHoles: string) => {
      const args = [String(row.settings_version), drawnAt, hasHoles, ...settingFields(row)];
      return this.#send(line, { script: lineScripts.settings, args });
    };
    if ((await send('')).result !== 'holes') return 'again';
    await this.#sendHoles(line);
    await send('1');
    return 'again';
  }

  async #sendHoles(line: KeptLine): Promise<void> {
    for (let after = 0; ;) {
      const { rows } = await this.#deps.pool.query<{ number: number }>(
        `SELECT number FROM holes WHERE event_id = $1 AND number > $2 ORDER BY number LIMIT ${numbersPerScript}`,
        [line.eventId, after],
      );
      const numbers = rows.map((row) => String(row.number));
      if (numbers.length > 0) await this.#send(line, { script: lineScripts.holes, args: numbers });
      if (numbers.length < numbersPerScript) return;
      after = rows.at(-1)?.number ?? after;
    }
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
    this.#trouble(eventId);
    const { row, isOurs } = await loadLine(this.#deps, eventId, incarnation);
    if (row === undefined) return this.forget(eventId);
    this.#adopt(row);
    this.#troubled.delete(eventId);
    const tookMs = Math.round(performance.now() - startedAt);
    const facts = { eventId, issued: row.issued, incarnation: row.incarnation, tookMs };
    if (isOurs && incarnation !== 0) logger.error(facts, `${fault}; loaded it from the log`);
    else logger.debug(facts, 'line loaded into Redis');
  }

  #adopt(row: LineRow): void {
    const { event_id: eventId, incarnation, line_seq: logged } = row;
    this.#lines.set(eventId, { eventId, incarnation, logged, row });
  }
}

// Somebody else's rows stand where ours should: the line is not there.
function lostWhenForeign(error: unknown): unknown {
  if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return ['lost', 0, 0, 0, [], 0];
  throw error;
}

function late(cause?: unknown): Problem {
  return new Problem('upstream-unavailable', { retryAfter: 1, cause });
}

function isAhead(look: LineLook, row: LineRow): boolean {
  return look.version > row.settings_version || (look.drawnAt !== null && row.roster_root === null);
}

/** A script's reply and the line it was asked of. */
export type Answered = StepReply & { readonly line: KeptLine };

/** A sale, and what else was seen of its line. */
export interface LineView {
  readonly sale: Sale;
  readonly look: LineLook;
}

/** One try; `again` when something was mended first. */
export type Attempt<Value> = 'again' | { readonly value: Value | undefined };
