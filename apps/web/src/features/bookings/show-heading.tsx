'use client';

import type { ReactNode } from 'react';
import { Skeleton } from '../../components/skeleton.tsx';
import { Link } from '../../i18n/link.tsx';
import { useShow } from './use-show.ts';

/** Names the show a booking is for: title, time, venue. `fallback` stands in when the event cannot be read. */
export function ShowHeading({
  eventId,
  fallback = '',
}: {
  readonly eventId: string;
  readonly fallback?: string;
}): ReactNode {
  const show = useShow(eventId);
  if (show.isLoading) {
    return (
      <div className="grid gap-2">
        <Skeleton className="h-7 w-3/4" />
        <Skeleton className="h-6 w-1/2" />
        <Skeleton className="h-6 w-1/3" />
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      <h2 className="text-xl">
        <Link href={show.path} className="underline-offset-4 hover:underline">
          {show.title ?? fallback}
        </Link>
      </h2>
      {show.startsAt !== undefined && <p className="numeric">{show.startsAt}</p>}
      {show.venue !== undefined && <p className="text-muted">{show.venue}</p>}
    </div>
  );
}
