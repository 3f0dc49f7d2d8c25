'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Reading } from './readings.ts';

/** Says that numbers are not of now; says nothing while they are. */
export function ReadingMark({ reading }: { readonly reading: Reading<unknown> }): ReactNode {
  const t = useTranslations('control.fresh');
  if (reading.data === undefined) {
    if (reading.error === null) return null;
    return <span className="text-sm text-bad">{reading.error.problem.title}</span>;
  }
  if (reading.freshness === 'live') return null;
  const isLost = reading.freshness === 'lost';
  return (
    <span className={isLost ? 'text-sm font-semibold text-bad' : 'text-sm font-semibold text-warn'}>
      {t(isLost ? 'partLost' : 'partLate')}
    </span>
  );
}
