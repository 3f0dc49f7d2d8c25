'use client';

import { useIsAwake } from '../../design/use-is-awake.ts';

/** Whether this browser can do something here; on the server, and until the page is alive, what is `assumed`. */
export function useBrowserAbility(has: () => boolean, assumed: boolean): boolean {
  return useIsAwake() ? has() : assumed;
}
