'use client';

import { readOwnPlace } from '@urr/contracts/queue.ts';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { serverOffsetMs } from '../../design/server-clock.ts';
import { useWhenSeen } from './use-when-seen.ts';

/** Whether the reader may reserve: known only after the line was asked, and not at all when it does not answer. */
export interface Entry {
  readonly state: 'unknown' | 'inside' | 'outside';
  /** ISO 8601. */
  readonly slotEndsAt: string | undefined;
}

/** Asks the line about the reader's own place, again when the page comes back to view. */
export function useEntry(eventId: string, isSignedIn: boolean): Entry {
  const [entry, setEntry] = useState<Entry>({
    state: isSignedIn ? 'unknown' : 'outside',
    slotEndsAt: undefined,
  });
  useWhenSeen(
    async (isGone) => {
      const answer = await call(readOwnPlace, { params: { eventId } });
      if (isGone()) return;
      if (answer.ok) {
        const { state, slotEndsAt } = answer.body;
        setEntry({ state: state === 'admitted' ? 'inside' : 'outside', slotEndsAt: slotEndsAt ?? undefined });
      } else if (!answer.unknown) setEntry({ state: 'outside', slotEndsAt: undefined });
    },
    isSignedIn ? eventId : undefined,
  );
  return entry;
}

/** How far the device's clock is off, from the time the server rendered the page at. Milliseconds. */
export function pageClockOffset(renderedAtMs: number): number {
  const [navigation] = performance.getEntriesByType('navigation');
  const isThisPage =
    navigation !== undefined && new URL(navigation.name).pathname === window.location.pathname;
  const arrivedAt =
    isThisPage && navigation instanceof PerformanceNavigationTiming
      ? performance.timeOrigin + navigation.responseStart
      : Date.now();
  return serverOffsetMs(renderedAtMs, arrivedAt);
}
