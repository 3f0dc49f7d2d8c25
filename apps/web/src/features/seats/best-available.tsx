'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/field.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { GradeStock } from './seat-board.ts';
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
  const stock = offered.find((each) => each.index === grade) ?? dearestOf(offered);
  if (!isOffered || stock === undefined) return null;
  const quantity = Math.min(wanted, stock.left);
  return (
    <section aria-label={t('title')} className="grid gap-2">
      <BestHeading limit={sale.limit} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-28">
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
        {t('reserve', {
          count: quantity,
          grade: stock.grade,
          amount: formatWon(stock.price * quantity, locale),
        })}
      </Button>
    </section>
  );
}

/** What is offered; the limit stands beside the chosen seats where those are in sight. */
function BestHeading({ limit }: { readonly limit: number }): ReactNode {
  const t = useTranslations('seats.best');
  const choice = useTranslations('seats.choice');
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-x-2">
        <h2 className="text-base">{t('title')}</h2>
        <span className="text-sm whitespace-nowrap text-muted beside:hidden">
          {choice('limit', { limit })}
        </span>
      </header>
      <p className="text-sm text-muted">{t('lead')}</p>
    </>
  );
}

// Whom no grade was named by is offered the best: nobody shall sit farther back for having overlooked a choice.
function dearestOf(offered: readonly GradeStock[]): GradeStock | undefined {
  return offered.reduce<GradeStock | undefined>(
    (best, each) => (best === undefined || each.price > best.price ? each : best),
    undefined,
  );
}
