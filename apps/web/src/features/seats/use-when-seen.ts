'use client';

import { useEffect, useEffectEvent } from 'react';

/** Acts at once, and again each time the page comes back to view; `isGone` tells whether the answer is still wanted. */
export function useWhenSeen(act: (isGone: () => boolean) => Promise<void>, key: string | undefined): void {
  const onSeen = useEffectEvent(act);
  useEffect(() => {
    if (key === undefined) return;
    let hasGone = false;
    const look = () => {
      if (document.visibilityState !== 'hidden') void onSeen(() => hasGone);
    };
    look();
    document.addEventListener('visibilitychange', look);
    // The back button shows a page as it was left.
    window.addEventListener('pageshow', look);
    return () => {
      hasGone = true;
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pageshow', look);
    };
  }, [key]);
}
