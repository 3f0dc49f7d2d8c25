'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatWon } from '../../design/format.ts';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { badgeOf, isShown } from './booking-filter.ts';
import { moneyOf } from './booking-money.ts';
import { placeLines } from './place-lines.ts';
import type { Booking } from './read-booking.ts';
import type { Situation } from './situation.ts';
import { useShow } from './use-show.ts';

/** One booking in a list; the whole card leads to it. One that came to nothing stands back. */
export function BookingCard({
  booking: { reservation, payments },
  situation,
}: {
  readonly booking: Booking;
  readonly situation: Situation;
}): ReactNode {
  const t = useTranslations('bookings');
  const { shortMoment } = useKoreanTime();
  const locale = usePageLocale();
  const show = useShow(reservation.eventId);
  const { word, tone } = badgeOf(situation);
  const isEnded = isShown(situation, 'ended');
  const title = show.title ?? payments?.[0]?.orderName ?? t('unnamedShow');
  return (
    <li>
      <Link
        href={`/reservations/${reservation.reservationId}`}
        className={classNames(
          'grid gap-3 rounded-card border border-rule p-5 hover:border-edge',
          isEnded ? 'text-muted' : 'bg-surface shadow-card',
        )}
      >
        <span className="flex flex-wrap items-center justify-between gap-2">
          <Badge tone={tone}>{t(`badge.${word}`)}</Badge>
          <span className="numeric text-sm text-muted">{shortMoment(reservation.createdAt)}</span>
        </span>
        {show.isLoading ? (
          <Skeleton className="h-13 w-2/3" />
        ) : (
          <span className="grid min-h-13">
            <span className={classNames('text-lg', isEnded ? 'font-medium' : 'font-semibold')}>{title}</span>
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
          <Money situation={situation} amount={reservation.amount} />
        </span>
      </Link>
    </li>
  );
}

function Money({ situation, amount }: { readonly situation: Situation; readonly amount: number }): ReactNode {
  const t = useTranslations('bookings.money');
  const locale = usePageLocale();
  const won = (value: number) => formatWon(value, locale);
  const money = moneyOf(situation, amount);
  switch (money.kind) {
    case 'whole':
      return <span className="numeric font-semibold">{won(money.amount)}</span>;
    case 'net':
      return (
        <span className="numeric text-end">
          <span className="font-semibold">{won(money.amount)}</span>
          <span className="block text-sm text-muted">
            {t('net', { paid: won(money.paid), refunded: won(money.refunded) })}
          </span>
        </span>
      );
    case 'refunded':
    case 'refunding':
      return <span className="numeric text-sm">{t(money.kind, { amount: won(money.amount) })}</span>;
    case 'not-charged':
      return <span className="text-sm">{t('notCharged')}</span>;
    case 'elsewhere':
      return <span className="text-sm">{t('elsewhere')}</span>;
  }
}
