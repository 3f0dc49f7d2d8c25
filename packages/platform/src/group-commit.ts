import { Problem } from './problem.ts';

/** How a group is formed and written. */
export interface GroupCommitOptions<Command, Result> {
  /**
   * Writes one group in one commit; results stand in the order of the commands. A throw fails the whole group: the
   * outcome is then unknown to the callers, never half.
   */
  readonly write: (commands: readonly Command[]) => Promise<readonly Result[]>;
  /** Most commands in one group. */
  readonly groupSize: number;
  /** Most commands waiting; one more is refused with `overloaded`. */
  readonly queueSize: number;
  /**
   * What a command touches. Commands that share a key never meet in one group: the later waits for the next one, in
   * arrival order. Absent when commands cannot conflict.
   */
  readonly conflictKeys?: (command: Command) => Iterable<string | number>;
}

interface Waiting<Command, Result> {
  readonly command: Command;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Shares one disk flush among many callers: a group is whatever arrived while the last group was being written.
 * There is no timer, so a lone caller waits for nobody.
 */
export class GroupCommit<Command, Result> {
  readonly #options: GroupCommitOptions<Command, Result>;
  #waiting: Waiting<Command, Result>[] = [];
  #isWriting = false;
  #isScheduled = false;

  constructor(options: GroupCommitOptions<Command, Result>) {
    this.#options = options;
  }

  /** Resolves once the command's group is on disk. */
  submit(command: Command): Promise<Result> {
    if (this.#waiting.length >= this.#options.queueSize) {
      return Promise.reject(new Problem('overloaded', { retryAfter: 1 }));
    }
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  async drained(): Promise<void> {
    while (this.#waiting.length > 0 || this.#isWriting) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  // All requests that this turn of the event loop parsed join the same group.
  #schedule(): void {
    if (this.#isScheduled || this.#isWriting) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    this.#isWriting = true;
    const answer = await this.#write(group);
    this.#isWriting = false;
    if (this.#waiting.length === 0) return answer();
    // The next group is on its way to the disk before this one's callers, who have much to do, are answered.
    void this.#flush();
    setImmediate(answer);
  }

  async #write(group: readonly Waiting<Command, Result>[]): Promise<() => void> {
    try {
      const results = await this.#options.write(group.map((waiting) => waiting.command));
      return () => settle(group, results);
    } catch (error) {
      return () => group.forEach((waiting) => waiting.reject(error));
    }
  }

  #takeGroup(): Waiting<Command, Result>[] {
    const { groupSize, conflictKeys } = this.#options;
    if (conflictKeys === undefined) return this.#waiting.splice(0, groupSize);
    const touched = new Set<string | number>();
    const group: Waiting<Command, Result>[] = [];
    const later: Waiting<Command, Result>[] = [];
    let seen = 0;
    while (seen < this.#waiting.length && group.length < groupSize) {
      const waiting = this.#waiting[seen++] as Waiting<Command, Result>;
      const keys = [...conflictKeys(waiting.command)];
      const isFree = !keys.some((key) => touched.has(key));
      // A command that waits keeps its keys too, or a later one would overtake it.
      for (const key of keys) touched.add(key);
      (isFree ? group : later).push(waiting);
    }
    this.#waiting = later.concat(this.#waiting.slice(seen));
    return group;
  }
}

function settle<Command, Result>(
  group: readonly Waiting<Command, Result>[],
  results: readonly Result[],
): void {
  group.forEach((waiting, index) => {
    if (index < results.length) waiting.resolve(results[index] as Result);
    else waiting.reject(new Error('the group writer answered too few results'));
  });
}
