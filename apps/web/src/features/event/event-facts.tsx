import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { KoreanTime } from '../../components/korean-time.tsx';
import { formatCount, formatMoment } from '../../design/format.ts';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';

/** When, where, how long, for whom. */
export async function EventFacts({
  event,
  locale,
}: {
  readonly event: EventDetail;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const t = await getTranslations('event');
  const seats = seatsForSale(event);
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
      <Fact label={t('facts.when')}>
        <time dateTime={event.startsAt}>{formatMoment(event.startsAt, locale)}</time>{' '}
        <KoreanTime text={t('sale.koreanTime')} className="whitespace-nowrap" />
      </Fact>
      <Fact label={t('facts.where')}>
        <Venue event={event} locale={locale} />
      </Fact>
      <Fact label={t('facts.artist')}>
        <ArtistLink event={event} locale={locale} />
      </Fact>
      <Fact label={t('facts.running')}>{t('facts.runningMinutes', { minutes: event.runningMinutes })}</Fact>
      <Fact label={t('facts.age')}>
        {event.ageLimit === 0 ? t('facts.ageAll') : t('facts.ageFrom', { age: event.ageLimit })}
      </Fact>
      {seats !== undefined && (
        <Fact label={t('facts.seats')}>{t('facts.seatCount', { count: formatCount(seats, locale) })}</Fact>
      )}
    </dl>
  );
}

// Some seats of a hall are never sold: what stands here is what the grades beside it add up to. Unknown while a part of it is.
function seatsForSale({ grades, layout, pools }: EventDetail): number | undefined {
  if (layout === null || pools.length > 0) return undefined;
  let seats = 0;
  for (const { total } of grades) {
    if (total === null) return undefined;
    seats += total;
  }
  return seats;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex gap-4 sm:contents">
      <dt className="w-24 shrink-0 py-1 text-muted sm:w-auto">{label}</dt>
      <dd className="min-w-0 py-1 font-medium">{children}</dd>
    </div>
  );
}

function Venue({ event, locale }: { readonly event: EventDetail; readonly locale: Locale }): ReactNode {
  return (
    <>
      {event.venue.name[locale]}
      <span className="block text-sm font-normal text-muted">{event.venue.address[locale]}</span>
    </>
  );
}

function ArtistLink({ event, locale }: { readonly event: EventDetail; readonly locale: Locale }): ReactNode {
  return (
    <Link
      href={`/artists/${event.artist.slug}`}
      className="-my-2 inline-flex min-h-11 items-center text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {event.artist.name[locale]}
    </Link>
  );
}
