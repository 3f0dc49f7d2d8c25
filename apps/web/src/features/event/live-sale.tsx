'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Locale } from '../../i18n/routing.ts';
import { type Offer, PriceList } from './price-list.tsx';
import type { SaleFacts, SalePhase } from './sale-phase.ts';
import { SalePanel } from './sale-panel.tsx';
import type { PriceTexts, SaleTexts } from './sale-texts.ts';
import { useLiveSale } from './use-live-sale.ts';

/** The part of an event's page that lives: what one can do now, until when, and what is left. */
export function LiveSale({
  eventId,
  slug,
  locale,
  facts,
  renderedAtMs,
  offers,
  isSignedIn,
  texts,
}: {
  readonly eventId: string;
  readonly slug: string;
  readonly locale: Locale;
  readonly facts: SaleFacts;
  readonly renderedAtMs: number;
  readonly offers: readonly Offer[];
  readonly isSignedIn: boolean;
  readonly texts: { readonly sale: SaleTexts; readonly prices: PriceTexts };
}): ReactNode {
  const sale = useLiveSale(eventId, facts, renderedAtMs);
  const left = sale.live?.left;
  return (
    <div className="grid gap-4">
      <SalePanel sale={sale} slug={slug} locale={locale} isSignedIn={isSignedIn} texts={texts.sale} />
      <PriceList
        offers={offers.map((offer) => ({ ...offer, left: left?.[offer.grade] ?? offer.left }))}
        isOver={sale.phase === 'ended' || sale.phase === 'cancelled'}
        isStale={sale.isStale}
        locale={locale}
        texts={texts.prices}
      />
      <Announcement phase={sale.phase} texts={texts.sale} />
    </div>
  );
}

// Says what changed, and nothing when the page opens: that is read anyway.
function Announcement({ phase, texts }: { readonly phase: SalePhase; readonly texts: SaleTexts }): ReactNode {
  const first = useRef(phase);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (phase !== first.current) setSaid(`${texts.phase[phase]}. ${texts.action[phase]}`);
  }, [phase, texts]);
  return <output className="sr-only">{said}</output>;
}
