import type { EventState, EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { formatCount, formatShortMoment, formatWon } from '../../design/format.ts';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { Poster } from '../posters/poster.tsx';

const tones: Readonly<Record<EventState, 'neutral' | 'accent' | 'good' | 'bad'>> = {
  draft: 'neutral',
  upcoming: 'accent',
  on_sale: 'good',
  sold_out: 'neutral',
  ended: 'neutral',
  cancelled: 'bad',
};

/** An event in a grid: its poster, and what decides whether one looks closer. */
export async function EventCard({
  event,
  locale,
  isFirst = false,
}: {
  readonly event: EventSummary;
  readonly locale: Locale;
  /** Seen without scrolling. */
  readonly isFirst?: boolean;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.card');
  const title = event.title[locale];
  return (
    // On a phone the last of an odd number lies across, so that no place beside it stays empty.
    <li className="group relative grid min-w-0 grid-cols-1 content-start gap-3 max-sm:last:odd:col-span-2 max-sm:last:odd:grid-cols-2 max-sm:last:odd:items-center max-sm:last:odd:gap-4">
      <Poster
        slug={event.slug}
        palette={event.poster.palette}
        image={event.image}
        title={title}
        isFirst={isFirst}
        className="transition-transform duration-200 group-hover:-translate-y-1"
      />
      <div className="grid min-w-0 gap-0.5">
        <div className="mb-0.5 flex flex-wrap items-center gap-1.5">
          <StateBadge event={event} locale={locale} />
        </div>
        <h3 className="line-clamp-3 text-base leading-snug">
          <Link
            href={`/events/${event.slug}`}
            className="after:absolute after:inset-0 group-hover:underline underline-offset-4"
          >
            {title}
          </Link>
        </h3>
        <p className="text-sm text-muted">
          <time dateTime={event.startsAt} className="block">
            {formatShortMoment(event.startsAt, locale)}
          </time>
          {event.venue.name[locale]}
        </p>
        {event.state === 'upcoming' && (
          <p className="text-sm font-semibold text-accent-strong">
            {t('opensAt', { when: formatShortMoment(event.sale.opensAt, locale) })}
          </p>
        )}
        {event.minPrice !== null && (
          <p className="numeric text-sm font-semibold">
            {t('from', { price: formatWon(event.minPrice, locale) })}
          </p>
        )}
      </div>
    </li>
  );
}

/** Cards beside one another, two on a phone. */
export function EventGrid({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 sm:gap-x-6 lg:grid-cols-4">{children}</ul>
  );
}

async function StateBadge({
  event,
  locale,
}: {
  readonly event: EventSummary;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.card');
  const few = fewLeft(event);
  if (event.state === 'on_sale' && few !== undefined)
    return <Badge tone="warn">{t('fewLeft', { count: formatCount(few, locale) })}</Badge>;
  return <Badge tone={tones[event.state]}>{t(event.state)}</Badge>;
}

// A tenth or less is few; a part nobody knows makes the whole unknown.
function fewLeft({ grades }: EventSummary): number | undefined {
  let left = 0;
  let total = 0;
  for (const grade of grades) {
    if (grade.left === null || grade.total === null) return undefined;
    left += grade.left;
    total += grade.total;
  }
  return left > 0 && left * 10 <= total ? left : undefined;
}
