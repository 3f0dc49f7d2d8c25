'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { SeatSale } from './seat-sale.ts';
import { SectionSeats } from './section-seats.tsx';
import { useChoice } from './use-seat-sale.ts';

/** The same seats as on the map, as text and buttons: sections, in them rows, in them seats. */
export function SeatList({ sale }: { readonly sale: SeatSale }): ReactNode {
  const t = useTranslations('seats.list');
  const { grade } = useChoice(sale);
  const [isFreeOnly, setFreeOnly] = useState(true);
  const shown = sale.hall.sections.flatMap((section, index) =>
    grade === undefined || hasGrade(sale, index, grade) ? [{ section, index }] : [],
  );
  return (
    <div className="h-full overflow-y-auto px-4 py-3">
      <label className="inline-flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          checked={isFreeOnly}
          onChange={(event) => setFreeOnly(event.target.checked)}
          className="size-5 accent-accent"
        />
        {t('freeOnly')}
      </label>
      <ul className="mt-2 grid gap-2">
        {shown.map(({ index }) => (
          <SectionItem key={index} sale={sale} section={index} isFreeOnly={isFreeOnly} />
        ))}
      </ul>
      {shown.length === 0 && <p className="py-8 text-center text-muted">{t('empty')}</p>}
    </div>
  );
}

function hasGrade(sale: SeatSale, section: number, grade: number): boolean {
  return (sale.hall.sections[section]?.runs ?? []).some(({ from, count }) =>
    sale.hall.grade.subarray(from, from + count).includes(grade),
  );
}

/** A section, closed until it is asked for: a hall has too many seats to write them all down. */
function SectionItem({
  sale,
  section,
  isFreeOnly,
}: {
  readonly sale: SeatSale;
  readonly section: number;
  readonly isFreeOnly: boolean;
}): ReactNode {
  const t = useTranslations('seats.list');
  const locale = usePageLocale();
  const { grade } = useChoice(sale);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const left = sale.board.leftIn(section, grade);
  return (
    <li className="rounded-card border border-rule bg-surface">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-12 w-full items-center justify-between gap-3 rounded-card px-4 py-2 text-start text-base font-semibold hover:bg-sunken"
        >
          <span>{t('section', { section: sale.hall.sections[section]?.name ?? '' })}</span>
          <span className="numeric text-sm font-medium text-muted">
            {left === 0 ? t('none') : t('left', { count: formatCount(left, locale) })}
            <span aria-hidden className="ms-2 inline-block">
              {isOpen ? '▴' : '▾'}
            </span>
          </span>
        </button>
      </h2>
      <div id={id} hidden={!isOpen}>
        {isOpen && <SectionSeats sale={sale} section={section} isFreeOnly={isFreeOnly} />}
      </div>
    </li>
  );
}
