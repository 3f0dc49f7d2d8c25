import type { HotDocument, HotDocuments } from '@urr/platform/hot-documents.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { ServerResponse } from 'node:http';
import type { LiveSale } from '../live/live-sale.ts';
import type { LiveSales } from '../live/live-sales.ts';
import { StatusFeed } from './status-feed.ts';
import { StreamClient } from './stream-client.ts';

interface StatusFeedsOptions {
  readonly live: Pick<LiveSales, 'open' | 'peek' | 'clock' | 'onLook'>;
  readonly hotDocuments: HotDocuments;
  readonly logger: Logger;
  /** Address of an event's status. */
  readonly urlOf: (eventId: string) => string;
  readonly intervalMs: number;
  /** Most streams open at once in this process. */
  readonly clientLimit: number;
}

/** Requests answered as hot documents are not counted, so now and then one must come by routing to show that they come. */
const hotForMs = 30_000;
/** Without clients and requests for so long, a feed is given up. */
const idleMs = 60_000;
const heartbeatMs = 15_000;
const heartbeat = Buffer.from(':\n\n');

/** Status and streams of every event somebody looks at, refreshed by one tick; no statement of its own. */
export class StatusFeeds {
  readonly #options: StatusFeedsOptions;
  readonly #feeds = new Map<string, StatusFeed>();
  #clientCount = 0;
  #timers: NodeJS.Timeout[] = [];
  #isStopped = false;
  #unhook: () => void = () => {};

  constructor(options: StatusFeedsOptions) {
    this.#options = options;
  }

  get clientCount(): number {
    return this.#clientCount;
  }

  start(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => this.tick(), this.#options.intervalMs),
      setInterval(() => this.#beat(), heartbeatMs),
    ];
    this.#unhook = this.#options.live.onLook((live) => this.#see(live));
  }

  /** Ends every stream; clients come back after a while, spread over seconds. */
  stop(): void {
    this.#isStopped = true;
    this.#unhook();
    for (const timer of this.#timers) clearInterval(timer);
    for (const feed of this.#feeds.values()) for (const client of feed.clients) client.end();
  }

  /** The event's status; undefined when there is no such event. Until it cools down, the server answers it by itself. */
  async poll(eventId: string): Promise<HotDocument | undefined> {
    const feed = await this.open(eventId);
    if (feed === undefined) return undefined;
    this.#options.hotDocuments.set(this.#options.urlOf(eventId.toLowerCase()), feed.document);
    return feed.document;
  }

  /** The event's feed; undefined when there is no such event. */
  async open(eventId: string): Promise<StatusFeed | undefined> {
    const { live: sales } = this.#options;
    const live = await sales.open(eventId);
    if (live === undefined) return undefined;
    const { eventId: id } = live.sale;
    let feed = this.#feeds.get(id);
    if (feed === undefined) this.#feeds.set(id, (feed = new StatusFeed(live, sales.clock.nowMs())));
    feed.usedAtMs = performance.now();
    return feed;
  }

  /** Throws when one more stream would be one too many; call it right before `connect`. */
  requireRoom(): void {
    if (this.#isStopped || this.#clientCount >= this.#options.clientLimit)
      throw new Problem('overloaded', { retryAfter: 5 + Math.floor(Math.random() * 10) });
  }

  /** Streams a feed's changes after `position` into a response until one of both ends. */
  connect(feed: StatusFeed, response: ServerResponse, position: string | undefined): void {
    // Whoever left while the event was read closes no second time.
    if (response.destroyed || response.socket?.destroyed !== false) return;
    this.#clientCount += 1;
    const client = new StreamClient(response, () => {
      this.#clientCount -= 1;
      feed.clients.delete(client);
      feed.usedAtMs = performance.now();
    });
    feed.clients.add(client);
    client.write(feed.framesAfter(position));
  }

  /** Brings every feed up to this instant of the store's clock. */
  tick(): void {
    const { live: sales, hotDocuments, urlOf } = this.#options;
    for (const [eventId, feed] of this.#feeds) {
      const idleForMs = performance.now() - feed.usedAtMs;
      if (idleForMs > hotForMs) hotDocuments.remove(urlOf(eventId));
      if (idleForMs > idleMs && feed.clients.size === 0) {
        this.#feeds.delete(eventId);
        continue;
      }
      const live = sales.peek(eventId);
      if (live === undefined) this.#reopen(eventId);
      else this.#bring(feed, live);
    }
  }

  // A first change is told at once; what follows it closely comes with the ticks, so that clients hear no more often.
  #see(live: LiveSale): void {
    const feed = this.#feeds.get(live.sale.eventId);
    if (feed === undefined || performance.now() - feed.changedAtMs < this.#options.intervalMs) return;
    this.#bring(feed, live);
  }

  #bring(feed: StatusFeed, live: LiveSale): void {
    const { live: sales, hotDocuments, urlOf } = this.#options;
    const isHot = performance.now() - feed.usedAtMs <= hotForMs;
    if (feed.refresh(live, sales.clock.nowMs()) && isHot)
      hotDocuments.set(urlOf(live.sale.eventId), feed.document);
  }

  // Memory had no room for the event any more, but somebody still looks at it.
  #reopen(eventId: string): void {
    const { live, logger } = this.#options;
    live
      .open(eventId)
      .catch((error: unknown) => logger.warn({ err: error, eventId }, 'event not read again'));
  }

  #beat(): void {
    for (const feed of this.#feeds.values()) for (const client of feed.clients) client.write(heartbeat);
  }
}
