'use client';

import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { soldOf } from './own-figures.ts';

/** How much of an event is sold, in words and as a bar. */
export function SoldBar({ event }: { readonly event: Pick<EventSummary, 'grades' | 'state'> }): ReactNode {
  const t = useTranslations('planning.list');
  const locale = usePageLocale();
  const stock = soldOf(event);
  if (event.state === 'draft') return <p className="text-sm text-muted">{t('notPublished')}</p>;
  if (stock === undefined) return <p className="text-sm text-muted">{t('soldUnknown')}</p>;
  const sold = stock.total - stock.left;
  const share = stock.total === 0 ? 0 : Math.round((sold / stock.total) * 100);
  return (
    <div className="grid gap-1">
      <p className="numeric text-sm">
        {t('sold', { sold: formatCount(sold, locale), left: formatCount(stock.left, locale) })}
      </p>
      {/* Says the same to the eye. */}
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-rule">
        <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
