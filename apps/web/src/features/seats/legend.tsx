'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** What the signs on the map mean. */
export function Legend(): ReactNode {
  const t = useTranslations('seats.legend');
  const rows = [
    ['✓', t('chosen')],
    ['○', t('taken')],
    ['–', t('blocked')],
    ['♿︎', t('wheelchair')],
    ['R+', t('companion')],
    ['◤', t('restricted')],
  ] as const;
  return (
    <details className="absolute start-3 bottom-3 z-10 max-w-[calc(100%-11rem)] rounded-control border border-rule bg-surface text-sm shadow-card">
      <summary className="flex min-h-11 cursor-pointer items-center px-3 font-semibold">{t('title')}</summary>
      <dl className="grid grid-cols-[2rem_1fr] gap-x-2 gap-y-1 px-3 pb-3">
        {rows.map(([sign, meaning]) => (
          <div key={sign} className="contents">
            <dt aria-hidden className="text-center font-bold">
              {sign}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
