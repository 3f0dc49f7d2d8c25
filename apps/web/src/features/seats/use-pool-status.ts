'use client';

import { readSeatStatus, type SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { type Freshness, LiveStatus } from './live-status.ts';
import { openStream } from './use-seat-sale.ts';

/** Ticket types with what is left of them as it changes. */
export function usePoolStatus(
  eventId: string,
  first: SeatStatus,
): { readonly pools: SeatStatus['pools']; readonly freshness: Freshness } {
  const [pools, setPools] = useState(first.pools);
  const [freshness, setFreshness] = useState<Freshness>('live');
  useEffect(() => {
    const live = new LiveStatus(
      {
        openStream: (after) => openStream(eventId, after),
        readStatus: async () => {
          const answer = await call(readSeatStatus, { params: { eventId } });
          return answer.ok ? answer.body : undefined;
        },
        onStatus: (status) => setPools(status.pools),
        onChange: ({ left }) =>
          setPools((before) =>
            before.map((pool, index) => ({ ...pool, left: left.pools[index] ?? pool.left })),
          ),
        onFreshness: setFreshness,
      },
      first.version,
    );
    const followWhileSeen = () => (document.visibilityState === 'hidden' ? live.pause() : live.follow());
    document.addEventListener('visibilitychange', followWhileSeen);
    followWhileSeen();
    return () => {
      document.removeEventListener('visibilitychange', followWhileSeen);
      live.pause();
    };
  }, [eventId, first]);
  return { pools, freshness };
}
