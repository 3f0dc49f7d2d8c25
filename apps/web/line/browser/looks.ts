import type { StateDocument } from '@urr/contracts/queue.ts';
import { nextLookMs } from '../page/look-timing.ts';
import type { Sight } from '../page/standing.ts';
import { type Answer, codeOf } from './desk.ts';
import type { WatchPorts } from './watch-ports.ts';

/** What a look at the line changed. */
export interface Looked {
  readonly answer: Answer<StateDocument>;
  /** Looks in a row without an answer. */
  readonly failures: number;
}

/** Looks at the line again and again, each time when it is worth it. */
export class Looks {
  readonly #ports: WatchPorts;
  readonly #sight: () => Sight;
  readonly #heard: (looked: Looked) => void;
  #cancel = () => {};
  #id = 0;
  #failures = 0;
  #retryAfterSeconds: number | null = null;
  #isOver = false;

  constructor(ports: WatchPorts, sight: () => Sight, heard: (looked: Looked) => void) {
    this.#ports = ports;
    this.#sight = sight;
    this.#heard = heard;
  }

  async now(): Promise<void> {
    this.#cancel();
    const id = (this.#id += 1);
    const answer = await this.#ports.desk.look();
    // A newer look was begun meanwhile: what a phone asked before it was locked may never be answered.
    if (id !== this.#id) return;
    const isAnswer = answer.kind === 'ok' || codeOf(answer) === 'sale-not-found';
    this.#failures = isAnswer ? 0 : this.#failures + 1;
    this.#retryAfterSeconds = answer.kind === 'ok' ? null : answer.retryAfterSeconds;
    this.#heard({ answer, failures: this.#failures });
    this.schedule();
  }

  /** Plans the next look by what is known now. */
  schedule(): void {
    const { nowMs, random, isHidden } = this.#ports;
    const ms = nextLookMs({
      sight: this.#sight(),
      failures: this.#failures,
      nowMs: nowMs(),
      retryAfterSeconds: this.#retryAfterSeconds,
      isHidden: isHidden(),
      random: random(),
    });
    if (ms === null) this.#cancel();
    else this.after(ms);
  }

  /** Plans the next look for then. */
  after(ms: number): void {
    this.#cancel();
    if (!this.#isOver) this.#cancel = this.#ports.after(ms, () => void this.now());
  }

  /** No more looks: the reader is on the way to the seats. */
  end(): void {
    this.#isOver = true;
    this.#cancel();
  }
}
