'use client';

import { useEffect } from 'react';

/** Keeps the screen lit while `isWanted`: a phone that goes dark at the gate holds everybody up. */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      // Refused when the battery is low: then the screen may go dark.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (isOver) await lock?.release();
    };
    const onReturn = () => void hold();
    void hold();
    // A browser drops the lock of a page that is hidden.
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', onReturn);
      void lock?.release();
    };
  }, [isWanted]);
}
