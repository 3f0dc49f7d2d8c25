const kstOffsetMs = 9 * 60 * 60 * 1000;

/** The provider's clock in Unix milliseconds: never runs backwards, an operator may advance it. */
export type Clock = {
  now(): number;
  offsetMs(): number;
  advance(ms: number): void;
  restore(at: number, offsetMs: number | undefined): void;
};

export function createClock(systemNow: () => number = Date.now): Clock {
  let offsetMs = 0;
  let latest = 0;
  return {
    now() {
      latest = Math.max(latest, systemNow() + offsetMs);
      return latest;
    },
    offsetMs: () => offsetMs,
    advance(ms) {
      offsetMs += ms;
    },
    restore(at, restoredOffsetMs) {
      latest = Math.max(latest, at);
      offsetMs = restoredOffsetMs ?? offsetMs;
    },
  };
}

/** `2022-01-01T00:00:00+09:00`, the form of every time in a Payment. */
export function toKst(ms: number): string {
  return `${new Date(ms + kstOffsetMs).toISOString().slice(0, 19)}+09:00`;
}

/** `2022-01-01T00:00:00.000000`, the zoneless form of a webhook's createdAt. */
export function toKstZoneless(ms: number): string {
  return `${new Date(ms + kstOffsetMs).toISOString().slice(0, 23)}000`;
}

export function kstMonth(ms: number): string {
  return toKst(ms).slice(0, 7);
}

/** Milliseconds of a date or date-time, Korean time unless it names a zone; undefined when it is neither. */
export function parseKst(text: string, dayEdge: 'start' | 'end'): number | undefined {
  // A `+` in a query string arrives as a space.
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[ +-]\d{2}:\d{2})?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const time = match[2] ?? (dayEdge === 'start' ? 'T00:00:00' : 'T23:59:59.999');
  const zone = (match[3] ?? '+09:00').replace(' ', '+');
  const ms = Date.parse(`${match[1] ?? ''}${time}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}
