'use client';

import { getEvent } from '@urr/contracts/catalog.ts';
import { useRoute } from '../../api/queries.tsx';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { usePageLocale } from '../../i18n/link.tsx';

/** What a booking shows of its event; the texts are undefined while they are not there. */
export interface Show {
  readonly isLoading: boolean;
  readonly title: string | undefined;
  readonly venue: string | undefined;
  /** In Korean time, and says so to who is elsewhere. */
  readonly startsAt: string | undefined;
  readonly isCancelled: boolean;
  readonly path: `/events/${string}`;
  /** Where its places are chosen. */
  readonly seatsPath: `/events/${string}/seats`;
}

/** The event of a booking in the language of the page. */
export function useShow(eventId: string): Show {
  const { moment } = useKoreanTime();
  const locale = usePageLocale();
  const { data, isPending } = useRoute(getEvent, { params: { eventId } });
  return {
    isLoading: isPending,
    title: data?.title[locale],
    venue: data?.venue.name[locale],
    startsAt: data && moment(data.startsAt),
    isCancelled: data?.state === 'cancelled',
    path: `/events/${data?.slug ?? eventId}`,
    seatsPath: `/events/${data?.slug ?? eventId}/seats`,
  };
}
