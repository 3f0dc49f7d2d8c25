import type { SeatChange, SeatStatus } from '@urr/contracts/ticket-reads.ts';

/** How fresh what is shown is: as it happens, looked at now and then, or not at all. */
export type Freshness = 'live' | 'polling' | 'lost' | 'paused';

/** The part of `EventSource` that is used. */
export interface Stream {
  onopen: ((event: Event) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/** What the follower needs from outside. */
export interface LiveStatusDeps {
  readonly openStream: (after: string) => Stream;
  /** The whole status; `undefined` when it could not be had. */
  readonly readStatus: () => Promise<SeatStatus | undefined>;
  readonly onStatus: (status: SeatStatus) => void;
  readonly onChange: (change: SeatChange) => void;
  readonly onFreshness: (freshness: Freshness) => void;
}

/** Between two looks while the stream is broken. Milliseconds. */
export const pollEveryMs = 3_000;
/** A stream that has not opened by then is given up. Milliseconds. */
export const openWithinMs = 8_000;
/** Looks before the stream is tried again. */
export const looksBeforeStream = 5;

/**
 * Follows the seat status: by the stream from the version it has, which leaves no gap; by looking now and then while the
 * stream is broken; not at all while it is paused.
 */
export class LiveStatus {
  readonly #deps: LiveStatusDeps;
  #version: string;
  #stream: Stream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;
  /** Answers that were asked for before a pause are of no use after it. */
  #round = 0;

  constructor(deps: LiveStatusDeps, version: string) {
    this.#deps = deps;
    this.#version = version;
  }

  follow(): void {
    this.#rest();
    const stream = this.#deps.openStream(this.#version);
    this.#stream = stream;
    this.#timer = setTimeout(() => this.#poll(), openWithinMs);
    stream.onopen = () => {
      clearTimeout(this.#timer);
      this.#deps.onFreshness('live');
    };
    // Each try of the browser's own begins where the last ended; ours does too, and looks meanwhile.
    stream.onerror = () => this.#poll();
    stream.addEventListener('status', ({ data }) => this.#takeStatus(JSON.parse(data) as SeatStatus));
    stream.addEventListener('change', ({ data }) => {
      const change = JSON.parse(data) as SeatChange;
      this.#version = change.version;
      this.#deps.onChange(change);
    });
  }

  pause(): void {
    this.#rest();
    this.#deps.onFreshness('paused');
  }

  #rest(): void {
    this.#round += 1;
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
  }

  #poll(): void {
    this.#rest();
    this.#looks = 0;
    void this.#look(this.#round);
  }

  async #look(round: number): Promise<void> {
    const status = await this.#deps.readStatus();
    if (round !== this.#round) return;
    if (status !== undefined) this.#takeStatus(status);
    this.#deps.onFreshness(status === undefined ? 'lost' : 'polling');
    this.#looks += 1;
    const next = () => (this.#looks < looksBeforeStream ? void this.#look(round) : this.follow());
    // Everybody's stream breaks at once: their looks should not come at once.
    this.#timer = setTimeout(next, pollEveryMs * (0.75 + Math.random() / 2));
  }

  #takeStatus(status: SeatStatus): void {
    this.#version = status.version;
    this.#deps.onStatus(status);
  }
}
