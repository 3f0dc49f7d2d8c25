'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { type PlaceLine, placeLines } from './place-lines.ts';

/**
 * What a reservation holds and what it costs: one line a grade, its seats below it, the total at the end. Places of `returned`
 * tickets are marked; `isVoid` says that none of it is the reader's any more.
 */
export function PlaceList({
  reservation,
  returned = [],
  isVoid = false,
}: {
  readonly reservation: Reservation;
  readonly returned?: readonly Ticket[];
  readonly isVoid?: boolean;
}): ReactNode {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  const total = formatWon(reservation.amount, locale);
  // What follows then is the sum that counts.
  const isPast = isVoid || returned.length > 0;
  return (
    <div className={classNames('grid gap-4', isVoid && 'text-muted')}>
      <ul className="grid gap-4">
        {placeLines(reservation).map((line) => (
          <PlaceRow key={line.key} line={line} returned={returned} isVoid={isVoid} />
        ))}
      </ul>
      <p className="flex items-baseline justify-between gap-4 border-t border-rule pt-4">
        <span className={classNames(!isVoid && 'font-semibold')}>
          {t('places.total', { count: reservation.quantity })}
        </span>
        <span className={classNames('numeric', !isPast && 'text-xl font-semibold')}>
          {isVoid ? <del>{total}</del> : total}
        </span>
      </p>
    </div>
  );
}

function PlaceRow({
  line,
  returned,
  isVoid,
}: {
  readonly line: PlaceLine;
  readonly returned: readonly Ticket[];
  readonly isVoid: boolean;
}): ReactNode {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  const unnumbered = returned.filter(({ pool }) => pool?.ticketTypeId === line.key).length;
  return (
    <li className="grid gap-1">
      <p className="flex items-baseline justify-between gap-4">
        <span className={classNames(!isVoid && 'font-semibold')}>
          {line.name?.[locale] ?? t('places.grade', { grade: line.grade })}
        </span>
        <span className="numeric">{formatWon(line.price * line.quantity, locale)}</span>
      </p>
      <p className="numeric text-sm text-muted">
        {t('places.each', { price: formatWon(line.price, locale), count: line.quantity })}
        {unnumbered > 0 && ` · ${t('places.returned', { count: unnumbered })}`}
      </p>
      {line.seats.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-2">
          {line.seats.map((seat) => (
            <SeatChip
              key={seat.seatId}
              seat={seat}
              isReturned={returned.some((ticket) => ticket.seat?.seatId === seat.seatId)}
              isVoid={isVoid}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function SeatChip({
  seat,
  isReturned,
  isVoid,
}: {
  readonly seat: Reservation['seats'][number];
  readonly isReturned: boolean;
  readonly isVoid: boolean;
}): ReactNode {
  const t = useTranslations('bookings');
  const name = t('places.seat', { section: seat.section, row: seat.row, seat: seat.seat });
  return (
    <li className="numeric rounded-control bg-sunken px-2.5 py-1 text-sm">
      {isReturned || isVoid ? <del className="text-muted">{name}</del> : name}
      {isReturned && <span className="ms-2 font-semibold text-muted">{t('ticketState.returned')}</span>}
    </li>
  );
}
