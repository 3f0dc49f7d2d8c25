'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Refused, useRead } from '../../api/queries.tsx';
import { pollDelayMs } from './poll-schedule.ts';
import { type Booking, readBooking } from './read-booking.ts';

/** One booking of the reader; `error` is always `Refused`. */
export function useBooking(reservationId: string): UseQueryResult<Booking, Refused> {
  return useRead<Booking, Refused>({
    queryKey: ['booking', reservationId],
    queryFn: () => readBooking(reservationId),
    // Another tab or device may have paid or given back meanwhile.
    staleTime: 0,
  });
}

/** Looks again while something is on its way, at growing distances, and stops after ten minutes. */
export function useLookAgain(isWanted: boolean, look: () => Promise<unknown>): void {
  useEffect(() => {
    if (!isWanted) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (count: number) => {
      const delay = pollDelayMs(count);
      if (delay === undefined) return;
      timer = setTimeout(() => void look().finally(() => wait(count + 1)), delay);
    };
    wait(0);
    return () => clearTimeout(timer);
  }, [isWanted, look]);
}
