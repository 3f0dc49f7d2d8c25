import type { GroupCommit } from '@urr/platform/group-commit.ts';

/** One group commit per sale: sales do not wait for each other, and a group locks one row. */
export class EventGroups<Command, Result> {
  readonly #groups = new Map<string, GroupCommit<Command, Result>>();
  readonly #create: (eventId: string) => GroupCommit<Command, Result>;

  constructor(create: (eventId: string) => GroupCommit<Command, Result>) {
    this.#create = create;
  }

  /** The caller has made sure that the sale exists, so there are never more groups than sales. */
  submit(eventId: string, command: Command): Promise<Result> {
    const known = this.#groups.get(eventId);
    if (known !== undefined) return known.submit(command);
    const created = this.#create(eventId);
    this.#groups.set(eventId, created);
    return created.submit(command);
  }

  async drained(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.drained()));
  }
}
