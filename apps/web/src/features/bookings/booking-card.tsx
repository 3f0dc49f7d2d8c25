'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatShortMoment, formatWon } from '../../design/format.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { badgeOf } from './booking-filter.ts';
import { placeLines } from './place-lines.ts';
import type { Booking } from './read-booking.ts';
import type { Situation } from './situation.ts';
import { useShow } from './use-show.ts';

/** One booking in a list; the whole card leads to it. */
export function BookingCard({
  booking: { reservation, payments },
  situation,
}: {
  readonly booking: Booking;
  readonly situation: Situation;
}): ReactNode {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  const show = useShow(reservation.eventId);
  const { word, tone } = badgeOf(situation);
  const refunded = situation.payment?.refundedAmount ?? 0;
  return (
    <li>
      <Link
        href={`/reservations/${reservation.reservationId}`}
        className="grid gap-3 rounded-card border border-rule bg-surface p-5 shadow-card hover:border-edge"
      >
        <span className="flex flex-wrap items-center justify-between gap-2">
          <Badge tone={tone}>{t(`badge.${word}`)}</Badge>
          <span className="numeric text-sm text-muted">
            {formatShortMoment(reservation.createdAt, locale)}
          </span>
        </span>
        {show.isLoading ? (
          <Skeleton className="h-13 w-2/3" />
        ) : (
          <span className="grid min-h-13">
            <span className="text-lg font-semibold">
              {show.title ?? payments?.[0]?.orderName ?? t('unnamedShow')}
            </span>
            <span className="numeric text-sm text-muted">{show.startsAt}</span>
          </span>
        )}
        <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t border-rule pt-3">
          <span className="text-sm">
            {placeLines(reservation)
              .map((line) =>
                t('places.short', {
                  grade: line.name?.[locale] ?? t('places.grade', { grade: line.grade }),
                  count: line.quantity,
                }),
              )
              .join(' · ')}
          </span>
          <span className="numeric text-end">
            <span className="font-semibold">{formatWon(reservation.amount, locale)}</span>
            {refunded > 0 && (
              <span className="block text-sm text-muted">
                {t('refundedPart', { amount: formatWon(refunded, locale) })}
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
