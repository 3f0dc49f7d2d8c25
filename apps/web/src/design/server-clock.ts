/** One look at the server's clock: what to add to the device's, and how far off that may be. Milliseconds. */
export interface ClockReading {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** What to add to the device's clock to get the server's, in milliseconds. `serverNow` is ISO 8601, an HTTP date or milliseconds. */
export function serverOffsetMs(serverNow: string | number, receivedAtMs: number): number {
  const serverMs = typeof serverNow === 'number' ? serverNow : Date.parse(serverNow);
  return Number.isFinite(serverMs) ? serverMs - receivedAtMs : 0;
}

/** The reading of an answer that was asked for at one moment and was there at another, both by the device's clock. */
export function readClock(serverNow: string | number, sentAtMs: number, receivedAtMs: number): ClockReading {
  // The server spoke somewhere between the two: the middle is wrong by half the way at most.
  return {
    offsetMs: serverOffsetMs(serverNow, (sentAtMs + receivedAtMs) / 2),
    uncertaintyMs: Math.max(0, receivedAtMs - sentAtMs) / 2,
  };
}

/** The reading to go on with: a countdown stands still unless the new one is surer or contradicts the old. */
export function betterClock(known: ClockReading, read: ClockReading): ClockReading {
  const apart = Math.abs(known.offsetMs - read.offsetMs);
  const isContradicted = apart > known.uncertaintyMs + read.uncertaintyMs;
  return isContradicted || read.uncertaintyMs < known.uncertaintyMs ? read : known;
}

/** Milliseconds until the server's clock next crosses a multiple of `everyMs`; never 0. */
export function untilNextTick(serverNowMs: number, everyMs: number): number {
  return everyMs - (((serverNowMs % everyMs) + everyMs) % everyMs);
}
