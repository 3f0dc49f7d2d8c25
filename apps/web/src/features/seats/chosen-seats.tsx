'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { GradeMark } from './grade-mark.tsx';
import { seatExtras, seatPlaceName } from './seat-names.ts';
import type { SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** The chosen seats, each with its price and a way out. */
export function ChosenSeats({
  sale,
  isLocked,
}: {
  readonly sale: SeatSale;
  readonly isLocked: boolean;
}): ReactNode {
  const t = useTranslations('seats');
  const seat = useTranslations('seats.seat');
  const locale = usePageLocale();
  const { selection } = useChoice(sale);
  return (
    <section aria-label={t('choice.title')} className="grid gap-2">
      <header className="flex flex-wrap items-center justify-between gap-x-2">
        <h2 className="text-base">{t('choice.title')}</h2>
        <span className="text-sm whitespace-nowrap text-muted">
          {t('choice.limit', { limit: sale.limit })}
        </span>
      </header>
      {selection.length === 0 && <p className="text-sm text-muted">{t('choice.empty')}</p>}
      <ul className="grid gap-1">
        {selection.map((seatId) => (
          <li key={seatId} className="flex items-center gap-2 rounded-control bg-sunken ps-3">
            <GradeMark grade={sale.hall.grade[seatId] ?? 0} />
            <span className="min-w-0 flex-1 py-1.5 leading-snug">
              <span className="block font-medium">{seatPlaceName(sale, seatId, seat)}</span>
              <span className="numeric text-sm text-muted">
                {[
                  t('grades.name', { grade: sale.hall.grades[sale.hall.grade[seatId] ?? 0] ?? '' }),
                  formatWon(sale.board.priceOf(seatId), locale),
                  ...seatExtras(sale, seatId, seat),
                ].join(' · ')}
              </span>
            </span>
            <button
              type="button"
              disabled={isLocked}
              aria-label={t('choice.remove', { seat: seatPlaceName(sale, seatId, seat) })}
              onClick={() => sale.drop(seatId)}
              className="inline-flex size-11 items-center justify-center rounded-control text-lg hover:bg-rule disabled:opacity-45"
            >
              <span aria-hidden>×</span>
            </button>
          </li>
        ))}
      </ul>
      {selection.length > 1 && (
        <Button tone="quiet" className="justify-self-start" disabled={isLocked} onClick={() => sale.clear()}>
          {t('choice.clear')}
        </Button>
      )}
    </section>
  );
}
