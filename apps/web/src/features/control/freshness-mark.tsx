'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import type { Freshness } from './freshness.ts';

const looks: Readonly<Record<Freshness, string>> = {
  live: 'text-good',
  late: 'text-warn',
  lost: 'text-bad',
};

/** Whether the numbers beside it are of now. Silent: a screen reader is not told every second. */
export function FreshnessMark({
  freshness,
  ageMs,
}: {
  readonly freshness: Freshness;
  readonly ageMs: number;
}): ReactNode {
  const t = useTranslations('control.fresh');
  const seconds = Math.max(1, Math.round(ageMs / 1000));
  return (
    <span className={classNames('inline-flex items-center gap-2 text-sm font-semibold', looks[freshness])}>
      <span
        aria-hidden
        className={classNames(
          'size-2.5 rounded-full',
          freshness === 'live' ? 'animate-pulse bg-current' : 'border-2 border-current',
        )}
      />
      {freshness === 'live' ? t('live') : t(freshness, { seconds })}
    </span>
  );
}
