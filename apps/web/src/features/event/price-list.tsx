'use client';

import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatWon } from '../../design/format.ts';
import type { Locale } from '../../i18n/routing.ts';
import { fillText } from './fill-text.ts';
import type { PriceTexts } from './sale-texts.ts';

/** One price on the list. `left` is null while nobody knows. */
export interface Offer {
  readonly grade: string;
  readonly label: string;
  readonly price: number;
  readonly total: number | null;
  readonly left: number | null;
  readonly isPool: boolean;
}

/** Prices by grade, with what is left of each. */
export function PriceList({
  offers,
  isOver,
  isStale,
  locale,
  texts,
}: {
  readonly offers: readonly Offer[];
  /** Nothing can be bought any more: what is left means nothing. */
  readonly isOver: boolean;
  readonly isStale: boolean;
  readonly locale: Locale;
  readonly texts: PriceTexts;
}): ReactNode {
  return (
    <section aria-labelledby="prices" className="rounded-card border border-rule bg-surface p-5 shadow-card">
      <h2 id="prices" className="text-lg">
        {texts.heading}
      </h2>
      <ul className="mt-2 divide-y divide-rule">
        {offers.map((offer) => (
          <li key={`${offer.grade} ${offer.label}`} className="flex min-h-12 items-center gap-3 py-2">
            <span className="min-w-0 flex-1 font-semibold">{offer.label}</span>
            <span className="numeric font-medium">{formatWon(offer.price, locale)}</span>
            {!isOver && (
              <span className={classNames('numeric min-w-24 text-end text-sm', lookOf(offer))}>
                {leftText(offer, locale, texts)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {isStale && !isOver && <p className="mt-2 text-sm text-muted">{texts.stale}</p>}
    </section>
  );
}

function leftText({ left, isPool }: Offer, locale: Locale, texts: PriceTexts): string {
  if (left === null) return texts.unknown;
  if (left <= 0) return texts.none;
  return fillText(isPool ? texts.leftPool : texts.left, { count: formatCount(left, locale) });
}

function lookOf({ left, total }: Offer): string {
  if (left === null || left <= 0) return 'text-muted';
  return total !== null && left * 10 <= total ? 'font-semibold text-warn' : 'text-muted';
}
