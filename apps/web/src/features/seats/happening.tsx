'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from '../../design/class-names.ts';
import { seatPlaceName } from './seat-names.ts';
import type { Happening, SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** How long it stays in sight; it can still be read by those who listen. Milliseconds. */
const shownMs = 4_000;

/** Says what just happened to the choice, to eyes and ears. */
export function HappeningLine({ sale }: { readonly sale: SeatSale }): ReactNode {
  const t = useTranslations('seats.happening');
  const seat = useTranslations('seats.seat');
  const { happening, happenings } = useChoice(sale);
  const [faded, setFaded] = useState<Happening>();
  useEffect(() => {
    const timer = setTimeout(() => setFaded(happening), shownMs);
    return () => clearTimeout(timer);
  }, [happening]);
  const text = (what: Happening): string => {
    if (what.kind === 'limit') return t('limit', { limit: sale.limit });
    const grade = sale.hall.grades[sale.hall.grade[what.seatId] ?? 0] ?? '';
    return t(what.kind, { seat: seatPlaceName(sale, what.seatId, seat), grade });
  };
  return (
    <output className="pointer-events-none absolute inset-x-16 bottom-16 flex justify-center text-center text-sm">
      {happening !== undefined && (
        // A new element for each, so that the same sentence is said again.
        <span
          key={happenings}
          className={classNames(
            'rounded-card border border-rule bg-surface px-4 py-1.5 font-medium shadow-card transition-opacity',
            faded === happening && 'opacity-0',
          )}
        >
          {text(happening)}
        </span>
      )}
    </output>
  );
}
