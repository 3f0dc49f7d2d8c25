import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@urr/platform/logger.ts';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { TicketTables } from '../tables.ts';
import { LiveSale } from './live-sale.ts';
import type { SaleLayout } from './sale.ts';
import type { SeatNews } from './seat-news.ts';
import { StoreClock } from './store-clock.ts';
import { lookAt, readLayout, readSale } from './store.ts';

interface LiveSalesOptions {
  readonly pool: pg.Pool;
  readonly db: Kysely<TicketTables>;
  readonly logger: Logger;
  readonly intervalMs: number;
  /** Absent for a replica alone. */
  readonly news?: SeatNews | undefined;
}

/** Not asked for so long: its memory is given back. Milliseconds. */
const idleMs = 10 * 60_000;
const mostOpen = 500;
/** Between two looks because of news, however much of it comes. Milliseconds. */
const newsRestMs = 100;

/** Keeps the events somebody asks for in memory and catches up with their rows by one statement a tick. */
export class LiveSales {
  readonly clock = new StoreClock();
  readonly #options: LiveSalesOptions;
  readonly #open = new Map<string, LiveSale>();
  readonly #opening = new Map<string, Promise<LiveSale | undefined>>();
  readonly #layouts = new Map<string, Promise<SaleLayout>>();
  readonly #listeners = new Set<(live: LiveSale) => void>();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | undefined;
  readonly #inNews = new Set<string>();
  #following: Promise<void> | undefined;
  readonly #stopped = new AbortController();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: LiveSalesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#ticking ??= this.tick().finally(() => (this.#ticking = undefined));
    }, this.#options.intervalMs);
    // Until it hears something, or for ever without Redis, the tick alone catches up.
    void this.#options.news?.hear((eventId) => this.hear(eventId));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await Promise.all([this.#ticking, this.#following]);
  }

  /** Tells the other replicas that this process has changed places of these events; call it after the commit. */
  tell(...eventIds: readonly string[]): void {
    if (eventIds.length > 0) this.#options.news?.tell(eventIds);
  }

  /** Another replica has changed places of an event: looks at it soon, if anybody here does. */
  hear(eventId: string): void {
    if (!this.#open.has(eventId) || this.#stopped.signal.aborted) return;
    this.#inNews.add(eventId);
    this.#following ??= this.#follow().finally(() => (this.#following = undefined));
  }

  /** The event in memory, if it is there. */
  peek(eventId: string): LiveSale | undefined {
    const live = this.#open.get(eventId);
    if (live !== undefined) live.lastUsedAtMs = performance.now();
    return live;
  }

  /** The event in memory, read when it is not there yet; undefined when there is no such event. */
  async open(givenId: string): Promise<LiveSale | undefined> {
    const eventId = givenId.toLowerCase();
    const live = this.peek(eventId);
    if (live !== undefined) return live;
    let opening = this.#opening.get(eventId);
    if (opening === undefined) {
      opening = this.#read(eventId).finally(() => this.#opening.delete(eventId));
      this.#opening.set(eventId, opening);
    }
    return opening;
  }

  /** Reads an event anew after its inventory changed. */
  async reload(eventId: string): Promise<void> {
    await this.#opening.get(eventId);
    if (this.#open.has(eventId)) await this.#read(eventId);
  }

  /** Catches up with one event at once, after this process freed places of it. */
  async refresh(eventId: string): Promise<void> {
    await this.#catchUp(() => [eventId]);
  }

  /** Calls `listener` with every open event after each look at it; answers how to stop. */
  onLook(listener: (live: LiveSale) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Catches up with the rows of every open event. */
  async tick(): Promise<void> {
    this.#closeIdle();
    await this.#catchUp(() => this.#open.keys());
  }

  async #follow(): Promise<void> {
    while (this.#inNews.size > 0) {
      await this.#catchUp(() => {
        const eventIds = [...this.#inNews];
        this.#inNews.clear();
        return eventIds;
      });
      await sleep(newsRestMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
    }
  }

  // One look after the other: pools carry no version, so an older sight must not come after a newer one.
  #catchUp(wanted: () => Iterable<string>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const lives = Array.from(wanted(), (eventId) => this.#open.get(eventId)).filter(
        (live) => live !== undefined,
      );
      if (lives.length === 0) return;
      try {
        await this.#look(lives);
      } catch (error) {
        // Memory grows too old to refuse from, and the database decides everything until this works again.
        this.#options.logger.warn({ err: error }, 'seat status could not be refreshed');
      }
    });
    return this.#turn;
  }

  async #read(eventId: string): Promise<LiveSale | undefined> {
    const found = await readSale(this.#options.db, eventId);
    if (found === undefined) return undefined;
    const layout = found.layoutKey && (await this.#layoutOf(found.layoutKey));
    const live = new LiveSale({ ...found.sale, layout });
    await this.#look([live]);
    if (this.#open.size >= mostOpen) this.#closeOldest();
    this.#open.set(eventId, live);
    return live;
  }

  #layoutOf({ layoutId, version }: { layoutId: string; version: number }): Promise<SaleLayout> {
    const key = `${layoutId}/${version}`;
    let layout = this.#layouts.get(key);
    if (layout === undefined) {
      layout = readLayout(this.#options.db, layoutId, version);
      layout.catch(() => this.#layouts.delete(key));
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  async #look(lives: readonly LiveSale[]): Promise<void> {
    const cursors = lives.map((live) => ({ eventId: live.sale.eventId, since: live.since }));
    const askedAtMs = performance.now();
    const sights = await lookAt(this.#options.pool, cursors);
    const answeredAtMs = performance.now();
    const byEvent = new Map(lives.map((live) => [live.sale.eventId, live]));
    for (const sight of sights) {
      const live = byEvent.get(sight.event_id);
      if (live === undefined) continue;
      this.clock.observe(sight.store_ms, askedAtMs, answeredAtMs);
      live.take(sight, askedAtMs);
      if (sight.revision !== live.sale.revision) await this.#read(live.sale.eventId);
      else for (const listener of this.#listeners) listener(live);
    }
  }

  #closeIdle(): void {
    const now = performance.now();
    for (const [eventId, live] of this.#open)
      if (now - live.lastUsedAtMs > idleMs) this.#open.delete(eventId);
    const used = new Set([...this.#open.values()].map(({ sale }) => layoutKey(sale.layout)));
    for (const key of this.#layouts.keys()) if (!used.has(key)) this.#layouts.delete(key);
  }

  #closeOldest(): void {
    const [oldest] = [...this.#open.values()].sort((one, other) => one.lastUsedAtMs - other.lastUsedAtMs);
    if (oldest !== undefined) this.#open.delete(oldest.sale.eventId);
  }
}

function layoutKey(layout: SaleLayout | undefined): string | undefined {
  return layout && `${layout.layoutId}/${layout.version}`;
}
