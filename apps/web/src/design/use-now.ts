'use client';

import { useEffect, useState } from 'react';
import { untilNextTick } from './server-clock.ts';

/**
 * The server's time in milliseconds, renewed on every multiple of `everyMs` and when the page comes back to view.
 * Where the first render is the server's, `firstNowMs` is the time both renders show, so that nothing jumps. Time stands still
 * while `offsetMs` is not known.
 */
export function useNow(offsetMs: number | undefined, everyMs: number, firstNowMs?: number): number {
  const [now, setNow] = useState(() => firstNowMs ?? Date.now() + (offsetMs ?? 0));
  useEffect(() => {
    if (offsetMs === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      clearTimeout(timer);
      const serverNow = Date.now() + offsetMs;
      setNow(serverNow);
      timer = setTimeout(tick, untilNextTick(serverNow, everyMs));
    };
    // A hidden page's timers sleep: what it shows on return has to be true at once.
    const onReturn = () => document.visibilityState === 'visible' && tick();
    tick();
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [offsetMs, everyMs]);
  return now;
}
