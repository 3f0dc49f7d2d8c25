'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether this browser can do something here; on the server, and until the page is alive, what is `assumed`. */
export function useBrowserAbility(has: () => boolean, assumed: boolean): boolean {
  return useSyncExternalStore(never, has, () => assumed);
}
