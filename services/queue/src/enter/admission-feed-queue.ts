import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@urr/platform/logger.ts';
import type { Admission } from './admission-feed.ts';

/** Members of a batch that were not taken; whoever is not named was. */
export type SendResult = readonly {
  readonly index: number;
  /** True when sending it again would change nothing. */
  readonly isForGood: boolean;
  readonly fault: string;
}[];

/** What became of an admission's message. */
export type FeedOutcome = 'published' | 'failed' | 'overflowed';

/** How messages are sent, and how hard it is tried. */
export interface AdmissionQueueOptions {
  /** Sends up to ten admissions of one event, in order; a throw means that none may have been taken. */
  readonly send: (batch: readonly Admission[], signal: AbortSignal) => Promise<SendResult>;
  readonly count: (outcome: FeedOutcome, count: number) => void;
  readonly logger: Logger;
  /** Most admissions waiting; 10,000 when absent. */
  readonly capacity?: number;
  /** Milliseconds before the second try, doubled before each further one; 200 when absent. */
  readonly firstPauseMs?: number;
  /** Milliseconds that `stop` waits for what is left; 5,000 when absent. */
  readonly stopDeadlineMs?: number;
}

const batchSize = 10;
/** Batches of different events on their way at once. */
const mostInFlight = 4;
const tries = 6;
const longestPauseMs = 5_000;

/**
 * Admissions on their way out, a lane per event: one batch of a lane at a time, and nothing overtakes what is tried
 * again. Bounded; what cannot be sent is counted, logged without its token and given up.
 */
export class AdmissionQueue {
  readonly #options: AdmissionQueueOptions;
  readonly #lanes = new Map<string, Admission[]>();
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #ended = new AbortController();
  #waiting = 0;
  #isScheduled = false;
  #isStopping = false;
  #refusalLoggedAt = Number.NEGATIVE_INFINITY;

  constructor(options: AdmissionQueueOptions) {
    this.#options = options;
  }

  /** Admissions neither sent nor given up yet. */
  get waiting(): number {
    return this.#waiting;
  }

  add(admission: Admission): void {
    const { capacity = 10_000 } = this.#options;
    if (this.#isStopping || this.#waiting >= capacity) return this.#refuse(admission);
    this.#waiting += 1;
    const lane = this.#lanes.get(admission.eventId);
    if (lane === undefined) this.#lanes.set(admission.eventId, [admission]);
    else lane.push(admission);
    this.#schedule();
  }

  /** Sends what waits; what is left at the deadline is given up. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const { stopDeadlineMs = 5_000 } = this.#options;
    const deadline = setTimeout(() => this.#ended.abort(), stopDeadlineMs);
    this.#begin();
    while (this.#inFlight.size > 0) await Promise.race(this.#inFlight.values());
    clearTimeout(deadline);
  }

  // Admissions of one turn of the event loop share a batch.
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#begin();
    });
  }

  #begin(): void {
    for (const [eventId, lane] of this.#lanes) {
      if (this.#inFlight.size >= mostInFlight) return;
      if (!this.#inFlight.has(eventId)) this.#inFlight.set(eventId, this.#empty(eventId, lane));
    }
  }

  // One batch; then the lane goes to the end of the row, so that a crowded sale does not keep the others waiting.
  async #empty(eventId: string, lane: Admission[]): Promise<void> {
    await this.#sendOut(lane.splice(0, batchSize));
    this.#inFlight.delete(eventId);
    this.#lanes.delete(eventId);
    if (lane.length > 0) this.#lanes.set(eventId, lane);
    this.#begin();
  }

  async #sendOut(batch: readonly Admission[]): Promise<void> {
    let left = batch;
    for (let attempt = 1; left.length > 0 && !this.#ended.signal.aborted; attempt += 1) {
      const { again, fault } = await this.#try(left);
      left = again;
      if (left.length === 0) return;
      if (attempt === tries) return this.#giveUp(left, fault);
      await this.#pause(attempt);
    }
    if (left.length > 0) this.#giveUp(left, 'the service stopped');
  }

  async #try(batch: readonly Admission[]): Promise<{ again: readonly Admission[]; fault: string }> {
    try {
      const failures = await this.#options.send(batch, this.#ended.signal);
      const byIndex = new Map(failures.map((failure) => [failure.index, failure]));
      const lost = batch.filter((_, index) => byIndex.get(index)?.isForGood === true);
      const fault = failures[0]?.fault ?? '';
      if (lost.length > 0) this.#giveUp(lost, fault);
      this.#settle('published', batch.length - failures.length);
      return { again: batch.filter((_, index) => byIndex.get(index)?.isForGood === false), fault };
    } catch (error) {
      return { again: batch, fault: faultOf(error) };
    }
  }

  async #pause(attempt: number): Promise<void> {
    const { firstPauseMs = 200 } = this.#options;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
    await sleep(pauseMs, undefined, { signal: this.#ended.signal }).catch(() => {});
  }

  #settle(outcome: FeedOutcome, count: number): void {
    this.#waiting -= count;
    if (count > 0) this.#options.count(outcome, count);
  }

  // A crowd overflows the queue for as long as SQS is away: one line a second says so, the counter says how many.
  #refuse(admission: Admission): void {
    this.#options.count('overflowed', 1);
    if (performance.now() - this.#refusalLoggedAt < 1_000) return;
    this.#refusalLoggedAt = performance.now();
    this.#log([admission], 'the feed takes no more');
  }

  #giveUp(lost: readonly Admission[], fault: string): void {
    this.#settle('failed', lost.length);
    this.#log(lost, fault);
  }

  // The message itself holds the entry token, which no log may.
  #log(lost: readonly Admission[], fault: string): void {
    const facts = { eventId: lost[0]?.eventId, accounts: lost.map(({ accountId }) => accountId), fault };
    this.#options.logger.warn(facts, 'admissions were not published; they stand all the same');
  }
}

// Not the error itself: what a client hangs on it may hold the request.
function faultOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
