'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/field.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** Reserves the best free seats of a grade in one press. */
export function BestAvailable({
  sale,
  isBusy,
  isOffered,
  onReserve,
}: {
  readonly sale: SeatSale;
  readonly isBusy: boolean;
  /** False for who may only look. */
  readonly isOffered: boolean;
  readonly onReserve: (grade: string, quantity: number) => void;
}): ReactNode {
  const t = useTranslations('seats.best');
  const locale = usePageLocale();
  const { grade } = useChoice(sale);
  const [wanted, setWanted] = useState(Math.min(2, sale.limit));
  const offered = sale.board.grades.filter((stock) => stock.left > 0);
  const stock = offered.find((each) => each.index === grade) ?? offered.at(-1);
  if (!isOffered || stock === undefined) return null;
  const quantity = Math.min(wanted, stock.left);
  return (
    <section aria-label={t('title')} className="grid gap-2">
      <h2 className="text-base">{t('title')}</h2>
      <p className="text-sm text-muted max-lg:hidden">{t('lead')}</p>
      <div className="flex items-end gap-3">
        <div className="min-w-0 flex-1">
          <Select
            label={t('grade')}
            value={stock.grade}
            onChange={(event) => sale.lookFor(sale.hall.grades.indexOf(event.target.value))}
          >
            {offered.map((each) => (
              <option key={each.grade} value={each.grade}>
                {t('option', { grade: each.grade, price: formatWon(each.price, locale) })}
              </option>
            ))}
          </Select>
        </div>
        <Stepper
          label={t('quantity')}
          value={quantity}
          min={1}
          max={Math.min(sale.limit, stock.left)}
          decreaseLabel={t('less')}
          increaseLabel={t('more')}
          onChange={setWanted}
        />
      </div>
      <Button isWide isBusy={isBusy} onClick={() => onReserve(stock.grade, quantity)}>
        {t('reserve', { count: quantity })}
      </Button>
    </section>
  );
}
