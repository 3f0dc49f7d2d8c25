import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Locale } from '../../i18n/routing.ts';
import type { Messages } from '../../messages/messages.ts';
import { Poster } from '../posters/poster.tsx';
import { widthInEms } from '../posters/poster-title.ts';
import { EventFacts } from './event-facts.tsx';
import { LiveSale } from './live-sale.tsx';
import { offersOf } from './offers.ts';
import { saleFactsOf } from './sale-phase.ts';
import { SaleRules } from './sale-rules.tsx';

/** Everything about one event. */
export async function EventView({
  event,
  locale,
  isSignedIn,
}: {
  readonly event: EventDetail;
  readonly locale: Locale;
  readonly isSignedIn: boolean;
}): Promise<ReactNode> {
  const t = await getTranslations('event');
  const texts = ((await getMessages()) as Messages).event;
  const title = event.title[locale];
  return (
    <article className="mx-auto grid w-full max-w-6xl grid-cols-[7rem_1fr] content-start gap-x-4 gap-y-6 px-4 py-6 sm:grid-cols-[13rem_1fr] sm:gap-x-8 lg:grid-cols-[13rem_1fr_24rem] lg:grid-rows-[auto_auto_1fr] lg:py-10">
      <Poster
        slug={event.slug}
        palette={event.poster.palette}
        image={event.image}
        title={title}
        isFirst
        className="self-start sm:row-span-2"
      />
      <header className="grid content-start gap-1.5">
        <p className="text-muted">{event.artist.name[locale]}</p>
        <h1 className={isLongTitle(title) ? 'text-base sm:text-2xl' : 'text-2xl sm:text-4xl'}>{title}</h1>
      </header>
      <div className="col-span-2 sm:order-last lg:order-none lg:col-span-1 lg:col-start-3 lg:row-span-3 lg:row-start-1">
        <div className="lg:sticky lg:top-6">
          <LiveSale
            eventId={event.eventId}
            slug={event.slug}
            locale={locale}
            facts={saleFactsOf(event)}
            renderedAtMs={Date.now()}
            offers={offersOf(event, locale, (grade) => t('prices.seat', { grade }))}
            isSignedIn={isSignedIn}
            texts={{ sale: texts.sale, prices: texts.prices }}
          />
        </div>
      </div>
      <section aria-label={t('facts.heading')} className="col-span-2 sm:col-span-1 sm:col-start-2">
        <EventFacts event={event} locale={locale} />
      </section>
      <div className="col-span-2 grid content-start gap-10 pt-2 sm:order-last lg:order-none">
        <section aria-labelledby="about" className="grid gap-3">
          <h2 id="about" className="text-xl">
            {t('about')}
          </h2>
          <p className="max-w-prose whitespace-pre-line">{event.description[locale]}</p>
        </section>
        <SaleRules event={event} locale={locale} />
      </div>
    </article>
  );
}

// Set large, it would take the whole first screen of a phone.
function isLongTitle(title: string): boolean {
  return widthInEms(title) > 34;
}
