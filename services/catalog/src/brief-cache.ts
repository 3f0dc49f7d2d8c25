interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly endsAt: number;
}

/** Remembers answers that are the same for everybody for a moment; callers of the same key share one look-up. */
export class BriefCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #lifetimeMs: number;
  readonly #mostEntries: number;

  constructor(options: { readonly lifetimeMs: number; readonly mostEntries: number }) {
    this.#lifetimeMs = options.lifetimeMs;
    this.#mostEntries = options.mostEntries;
  }

  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    if (known !== undefined && known.endsAt > performance.now()) return known.value;
    if (this.#entries.size >= this.#mostEntries) this.#entries.clear();
    const value = load();
    this.#entries.set(key, { value, endsAt: performance.now() + this.#lifetimeMs });
    value.catch(() => this.#entries.delete(key));
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
