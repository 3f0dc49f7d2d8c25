import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { CouldNotLoad } from './could-not-load.tsx';
import { EventCard, EventGrid } from './event-card.tsx';
import { searchPath } from './event-search.ts';
import { findEvents } from './find-events.ts';
import { SearchBox } from './search-box.tsx';
import { SoonItem } from './soon-item.tsx';

/** What is on sale, what opens soon, and a way to find the rest. */
export async function HomeView({ locale }: { readonly locale: Locale }): Promise<ReactNode> {
  const [t, zone, onSale, soon] = await Promise.all([
    getTranslations('discovery.home'),
    getTranslations('discovery'),
    findEvents({ state: 'on_sale', sort: 'startsAt', limit: 8 }),
    findEvents({ state: 'upcoming', sort: 'opensAt', limit: 3 }),
  ]);
  return (
    <div className="mx-auto grid w-full max-w-6xl gap-12 px-4 pt-8 pb-4 sm:pt-14">
      <header className="relative grid gap-5">
        <div className="grid gap-2">
          <h1 className="text-3xl font-black tracking-tight sm:text-5xl">{t('title')}</h1>
          <p className="text-muted sm:text-lg">{t('lead')}</p>
        </div>
        <SearchBox locale={locale} />
        <KoreanTime text={zone('koreanTimes')} className="absolute top-full pt-2" />
      </header>
      {onSale.ok && soon.ok ? (
        <Lists locale={locale} onSale={onSale.body} soon={soon.body} />
      ) : (
        <CouldNotLoad retry="/" />
      )}
    </div>
  );
}

type Found = Awaited<ReturnType<typeof findEvents>>;
type EventList = Extract<Found, { ok: true }>['body'];

async function Lists({
  locale,
  onSale,
  soon,
}: {
  readonly locale: Locale;
  readonly onSale: EventList;
  readonly soon: EventList;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.home');
  if (onSale.events.length === 0 && soon.events.length === 0)
    return <EmptyState title={t('nothing')}>{t('nothingLead')}</EmptyState>;
  const renderedAtMs = Date.now();
  return (
    <>
      {soon.events.length > 0 && (
        <Shelf
          id="soon"
          title={t('soon')}
          all={t('soonAll')}
          href={searchPath({ state: 'upcoming', sort: 'opensAt' })}
        >
          <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
            {soon.events.map((event) => (
              <SoonItem key={event.eventId} event={event} locale={locale} renderedAtMs={renderedAtMs} />
            ))}
          </ul>
        </Shelf>
      )}
      <Shelf id="on-sale" title={t('onSale')} all={t('onSaleAll')} href={searchPath({ state: 'on_sale' })}>
        {onSale.events.length === 0 ? (
          <EmptyState title={t('nothingOnSale')}>{t('nothingOnSaleLead')}</EmptyState>
        ) : (
          <EventGrid>
            {onSale.events.map((event, index) => (
              <EventCard key={event.eventId} event={event} locale={locale} isFirst={index < 4} />
            ))}
          </EventGrid>
        )}
      </Shelf>
    </>
  );
}

function Shelf({
  id,
  title,
  all,
  href,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly all: string;
  readonly href: `/${string}`;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-xl sm:text-2xl">
          {title}
        </h2>
        <Link
          href={href}
          className="inline-flex min-h-11 items-center text-accent underline-offset-4 hover:underline"
        >
          {all}
        </Link>
      </div>
      {children}
    </section>
  );
}
