'use client';

import { useEffect, useState } from 'react';
import { useTurningNow } from '../../design/use-turning-now.ts';
import { firstDelayMs, pollDelayMs } from './poll-pace.ts';
import type { Live } from './read-live.ts';
import { countsDownTo, type SaleFacts, type SalePhase, salePhase, withLineTimes } from './sale-phase.ts';

/** The sale at this moment. */
export interface LiveSale {
  readonly phase: SalePhase;
  readonly facts: SaleFacts;
  /** Until the phase turns by itself, when it does. */
  readonly secondsLeft: number | undefined;
  readonly live: Live | undefined;
  /** The last look failed: what is shown may be old. */
  readonly isStale: boolean;
}

/** Follows a sale: by the server's clock, and by the line's state every few seconds while the page is in view. */
export function useLiveSale(eventId: string, rendered: SaleFacts, renderedAtMs: number): LiveSale {
  const [{ live, failures }, setSeen] = useState<Seen>({ live: undefined, failures: 0 });
  const facts = withLineTimes(rendered, live?.line);
  const nowMs = useTurningNow(facts.opensAtMs, renderedAtMs);
  const phase = salePhase(facts, nowMs, live?.line);
  useEffect(() => follow(eventId, phase, setSeen), [eventId, phase]);
  const target = countsDownTo(phase, facts);
  const secondsLeft = target === undefined ? undefined : Math.ceil((target - nowMs) / 1000);
  return { phase, facts, secondsLeft, live, isStale: failures > 0 };
}

interface Seen {
  readonly live: Live | undefined;
  readonly failures: number;
}

function follow(eventId: string, phase: SalePhase, note: (next: (seen: Seen) => Seen) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let hasStopped = false;
  const look = async () => {
    // Fetched after the page is there: the first look needs it, the first sight does not.
    const live = await import('./read-live.ts')
      .then(({ readLive }) => readLive(eventId))
      .catch(() => undefined);
    if (hasStopped) return;
    failures = live === undefined ? failures + 1 : 0;
    note((seen) => ({ live: live ?? seen.live, failures }));
    wait(pollDelayMs(phase, failures, Math.random()));
  };
  const wait = (delayMs: number | undefined) => {
    clearTimeout(timer);
    if (delayMs !== undefined && document.visibilityState === 'visible')
      timer = setTimeout(() => void look(), delayMs);
  };
  const onVisibility = () => (document.visibilityState === 'visible' ? wait(300) : clearTimeout(timer));
  if (pollDelayMs(phase, 0, 0) !== undefined) {
    document.addEventListener('visibilitychange', onVisibility);
    wait(firstDelayMs(Math.random()));
  }
  return () => {
    hasStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
