'use client';

import { useNow } from './use-now.ts';
import { useServerOffset } from './use-server-offset.ts';

/**
 * The server's time on a page rendered at `renderedAtMs`, renewed every second: in step with `turnMs`, so that what happens then
 * happens at that very moment and not on the next whole second. Milliseconds.
 */
export function useTurningNow(turnMs: number, renderedAtMs: number): number {
  const offsetMs = useServerOffset(renderedAtMs);
  const partMs = turnMs % 1000;
  const shiftedMs = offsetMs === undefined ? undefined : offsetMs - partMs;
  return useNow(shiftedMs, 1000, renderedAtMs - partMs) + partMs;
}
