import type { GroupCommit } from './group-commit.ts';

/** One group commit per key, such as a sale: keys do not wait for each other. A key's group is made when it is first needed, and stays. */
export class GroupCommits<Command, Result> {
  readonly #groups = new Map<string, GroupCommit<Command, Result>>();
  readonly #create: (key: string) => GroupCommit<Command, Result>;

  constructor(create: (key: string) => GroupCommit<Command, Result>) {
    this.#create = create;
  }

  /** The caller has made sure that what the key names exists, so there are never more groups than such things. */
  submit(key: string, command: Command): Promise<Result> {
    const known = this.#groups.get(key);
    if (known !== undefined) return known.submit(command);
    const created = this.#create(key);
    this.#groups.set(key, created);
    return created.submit(command);
  }

  async drained(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.drained()));
  }
}
