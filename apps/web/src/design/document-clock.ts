import { type ClockReading, readClock } from './server-clock.ts';

/** When a document was asked for and was here, in milliseconds since its page began. */
export interface DocumentTiming {
  readonly name: string;
  readonly requestStart: number;
  readonly responseEnd: number;
}

/**
 * Reads the server's clock from the document that carried `renderedAtMs`: it was written between the request and the answer,
 * so no further request is needed. `timings` are those of the page and of what replaced parts of it; `nowMs` is the device's.
 */
export function readDocumentClock(
  renderedAtMs: number,
  timings: readonly DocumentTiming[],
  { nowMs, timeOriginMs }: { readonly nowMs: number; readonly timeOriginMs: number },
): ClockReading {
  const last = timings.at(-1);
  if (last === undefined) return { offsetMs: renderedAtMs - nowMs, uncertaintyMs: Number.MAX_SAFE_INTEGER };
  // The end is 0 while the rest of the document is still on its way.
  const endMs = last.responseEnd > 0 ? timeOriginMs + last.responseEnd : nowMs;
  return readClock(renderedAtMs, timeOriginMs + last.requestStart, endMs);
}
