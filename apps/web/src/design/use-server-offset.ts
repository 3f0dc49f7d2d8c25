'use client';

import { useSyncExternalStore } from 'react';
import { type DocumentTiming, readDocumentClock } from './document-clock.ts';

/** What to add to the device's clock to get the server's, for a page the server rendered at `renderedAtMs`; undefined until it is read. */
export function useServerOffset(renderedAtMs: number): number | undefined {
  return useSyncExternalStore(
    neverChanges,
    () => offsetOf(renderedAtMs),
    () => undefined,
  );
}

// Islands of one page agree, and a reading does not change while they are shown.
let known: { readonly renderedAtMs: number; readonly offsetMs: number } | undefined;

function offsetOf(renderedAtMs: number): number {
  if (known?.renderedAtMs === renderedAtMs) return known.offsetMs;
  const nowMs = Date.now();
  // `performance.timeOrigin` stays what it was when the device's clock is set while the page is open.
  const clock = { nowMs, timeOriginMs: nowMs - performance.now() };
  known = { renderedAtMs, offsetMs: readDocumentClock(renderedAtMs, documentTimings(), clock).offsetMs };
  return known.offsetMs;
}

// A page one came to by a link within the site arrived as a part, not as a document.
function documentTimings(): readonly DocumentTiming[] {
  const parts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((entry) => {
    const address = new URL(entry.name);
    return address.searchParams.has('_rsc') && address.pathname === window.location.pathname;
  });
  return [...(performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]), ...parts];
}

function neverChanges(): () => void {
  return () => undefined;
}
