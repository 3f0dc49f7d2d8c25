'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Card } from '../../components/card.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { percent } from './figure-text.ts';
import { ReadingMark } from './reading-mark.tsx';
import type { SaleState } from './readings.ts';
import { sharesOf } from './scale.ts';

/** What has become of the places of each grade: bars, with the numbers beside them. */
export function StockBars({ sale }: { readonly sale: SaleState }): ReactNode {
  const t = useTranslations('control.stock');
  return (
    <section aria-labelledby="stock" className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <h2 id="stock" className="text-xl">
          {t('title')}
        </h2>
        <ReadingMark reading={sale} />
      </div>
      <Card>
        {sale.data === undefined ? <Skeleton className="h-40" /> : <Grades grades={sale.data.grades} />}
      </Card>
    </section>
  );
}

type Grade = NonNullable<SaleState['data']>['grades'][number];

function Grades({ grades }: { readonly grades: readonly Grade[] }): ReactNode {
  const t = useTranslations('control.stock');
  const pattern = useId();
  if (grades.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <div className="grid gap-4">
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
        {(['sold', 'held', 'left'] as const).map((what) => (
          <li key={what} className="inline-flex items-center gap-2">
            <Swatch what={what} pattern={pattern} />
            {t(what)}
          </li>
        ))}
      </ul>
      <dl className="grid gap-4">
        {grades.map((grade) => (
          <GradeRow key={grade.grade} grade={grade} pattern={pattern} />
        ))}
      </dl>
    </div>
  );
}

function GradeRow({ grade, pattern }: { readonly grade: Grade; readonly pattern: string }): ReactNode {
  const t = useTranslations('control.stock');
  const locale = usePageLocale();
  const count = (value: number) => formatCount(value, locale);
  const [sold = 0, held = 0] = sharesOf([grade.sold, grade.held], grade.total);
  return (
    <div className="grid gap-1 sm:grid-cols-[6rem_minmax(0,1fr)_21rem] sm:items-center sm:gap-4">
      <dt className="font-semibold">{grade.grade}</dt>
      <dd aria-hidden className="overflow-hidden rounded-full border border-edge">
        <svg width="100%" height="18" className="block bg-sunken">
          <rect width={`${sold}%`} height="18" className="fill-accent" />
          <rect x={`${sold}%`} width={`${held}%`} height="18" fill={`url(#${pattern})`} />
        </svg>
      </dd>
      <dd className="numeric text-sm sm:text-end">
        {t('row', {
          sold: count(grade.sold),
          held: count(grade.held),
          left: count(grade.left),
          total: count(grade.total),
          share: percent(grade.sold, grade.total, locale),
        })}
      </dd>
    </div>
  );
}

function Swatch({
  what,
  pattern,
}: {
  readonly what: 'sold' | 'held' | 'left';
  readonly pattern: string;
}): ReactNode {
  return (
    <svg aria-hidden width="20" height="12" className="rounded-sm border border-edge">
      {what === 'held' && (
        <pattern
          id={pattern}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className="fill-accent-soft" />
          <rect width="3" height="6" className="fill-warn" />
        </pattern>
      )}
      <rect
        width="20"
        height="12"
        {...(what === 'held' ? { fill: `url(#${pattern})` } : {})}
        className={what === 'sold' ? 'fill-accent' : what === 'left' ? 'fill-sunken' : ''}
      />
    </svg>
  );
}
