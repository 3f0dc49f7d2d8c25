'use client';

import type { Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { type PlaceLine, placeLines } from './place-lines.ts';

/** What a reservation holds and what it costs: one line a grade, its seats below it, the total at the end. */
export function PlaceList({ reservation }: { readonly reservation: Reservation }): ReactNode {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  return (
    <div className="grid gap-4">
      <ul className="grid gap-4">
        {placeLines(reservation).map((line) => (
          <PlaceRow key={line.key} line={line} />
        ))}
      </ul>
      <p className="flex items-baseline justify-between gap-4 border-t border-rule pt-4 font-semibold">
        <span>{t('places.total', { count: reservation.quantity })}</span>
        <span className="numeric text-xl">{formatWon(reservation.amount, locale)}</span>
      </p>
    </div>
  );
}

function PlaceRow({ line }: { readonly line: PlaceLine }): ReactNode {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  return (
    <li className="grid gap-1">
      <p className="flex items-baseline justify-between gap-4">
        <span className="font-semibold">
          {line.name?.[locale] ?? t('places.grade', { grade: line.grade })}
        </span>
        <span className="numeric">{formatWon(line.price * line.quantity, locale)}</span>
      </p>
      <p className="numeric text-sm text-muted">
        {t('places.each', { price: formatWon(line.price, locale), count: line.quantity })}
      </p>
      {line.seats.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-2">
          {line.seats.map((seat) => (
            <li key={seat.seatId} className="numeric rounded-control bg-sunken px-2.5 py-1 text-sm">
              {t('places.seat', { section: seat.section, row: seat.row, seat: seat.seat })}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
