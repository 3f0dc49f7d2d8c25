'use client';

import { useRead } from '../../api/queries.tsx';
import { readClock } from '../../design/server-clock.ts';

/** The Date header drops what is below the second: on the average half of one. Milliseconds. */
const droppedMs = 500;

/** What to add to the device's clock to get the server's, in milliseconds; undefined until the server has said. */
export function useServerClock(): number | undefined {
  return useRead({ queryKey: ['server-clock'], queryFn: readServerClock, staleTime: 60_000 }).data;
}

// Of an answer that is never kept: a cached one would carry the time it was made.
async function readServerClock(): Promise<number> {
  const sentAt = Date.now();
  const response = await fetch('/health', { method: 'HEAD', cache: 'no-store' });
  const receivedAt = Date.now();
  const said = response.headers.get('date');
  return said === null ? 0 : readClock(Date.parse(said) + droppedMs, sentAt, receivedAt).offsetMs;
}
