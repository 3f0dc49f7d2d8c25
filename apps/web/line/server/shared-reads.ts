/** What was read last, and when. Milliseconds by the clock the memory was given. */
interface Kept<Value> {
  readonly value: Value;
  readonly readAtMs: number;
}

/** Settings of a memory of reads. */
export interface SharedReadsOptions<Asker, Value> {
  /** Reads anew on behalf of whoever asked first. `undefined`: there was no answer. */
  readonly read: (key: string, asker: Asker) => Promise<Value | undefined>;
  readonly freshMs: number;
  /** How long an old answer stands in while there is no new one. */
  readonly staleMs: number;
  readonly most: number;
  readonly nowMs: () => number;
}

/** Answers everybody from one read: however many ask, a key is read once in `freshMs`. */
export function createSharedReads<Asker, Value>(options: SharedReadsOptions<Asker, Value>) {
  const { read, freshMs, staleMs, most, nowMs } = options;
  const kept = new Map<string, Kept<Value>>();
  const flights = new Map<string, Promise<Kept<Value> | undefined>>();
  const fly = async (key: string, asker: Asker): Promise<Kept<Value> | undefined> => {
    const readAtMs = nowMs();
    const value = await read(key, asker).catch(() => undefined);
    if (value === undefined) return oldEnough(kept.get(key), nowMs() - staleMs);
    const entry = { value, readAtMs };
    kept.delete(key);
    kept.set(key, entry);
    // A map keeps the order of insertion: the first is the longest unread.
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return entry;
  };
  return (key: string, asker: Asker): Promise<Kept<Value> | undefined> => {
    const fresh = oldEnough(kept.get(key), nowMs() - freshMs);
    if (fresh !== undefined) return Promise.resolve(fresh);
    const flight = flights.get(key) ?? fly(key, asker).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
}

function oldEnough<Value>(entry: Kept<Value> | undefined, sinceMs: number): Kept<Value> | undefined {
  return entry !== undefined && entry.readAtMs > sinceMs ? entry : undefined;
}
