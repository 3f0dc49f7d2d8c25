'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { GradeMark } from './grade-mark.tsx';
import type { SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** Prices and what is left of each grade; choosing one fades the others. */
export function GradeFilter({ sale }: { readonly sale: SeatSale }): ReactNode {
  const t = useTranslations('seats.grades');
  const locale = usePageLocale();
  const { grade } = useChoice(sale);
  return (
    <fieldset className="mx-auto flex max-w-6xl min-w-0 gap-2 overflow-x-auto px-4 py-2 [scrollbar-width:none]">
      <legend className="sr-only">{t('label')}</legend>
      <Chip isOn={grade === undefined} value="all" onChoose={() => sale.lookFor(undefined)}>
        <span className="font-semibold">{t('all')}</span>
      </Chip>
      {sale.board.grades.map((stock) => (
        <Chip
          key={stock.grade}
          value={stock.grade}
          isOn={grade === stock.index}
          onChoose={() => sale.lookFor(stock.index)}
        >
          <GradeMark grade={stock.index} />
          <span className="font-semibold">{t('name', { grade: stock.grade })}</span>
          <span className="numeric">{formatWon(stock.price, locale)}</span>
          <span className="numeric text-sm text-muted">
            {stock.left === 0 ? t('soldOut') : t('left', { count: formatCount(stock.left, locale) })}
          </span>
        </Chip>
      ))}
    </fieldset>
  );
}

function Chip({
  value,
  isOn,
  onChoose,
  children,
}: {
  readonly value: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <label
      className={classNames(
        'relative inline-flex min-h-11 shrink-0 cursor-pointer items-center gap-2 rounded-full border px-4 whitespace-nowrap',
        'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        isOn ? 'border-accent bg-accent-soft' : 'border-rule bg-surface hover:bg-sunken',
      )}
    >
      <input
        type="radio"
        name="seat-grade"
        value={value}
        checked={isOn}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {children}
    </label>
  );
}
