import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { formatShortMoment } from '../../design/format.ts';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { PosterPicture } from '../posters/poster.tsx';
import { Countdown } from './countdown.tsx';

/** An event whose sale opens: counted down by the server's clock. */
export async function SoonItem({
  event,
  locale,
  renderedAtMs,
}: {
  readonly event: EventSummary;
  readonly locale: Locale;
  readonly renderedAtMs: number;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.card');
  return (
    <li className="group relative grid grid-cols-[5.5rem_1fr] items-center gap-x-4 rounded-card border border-rule bg-surface p-3 pe-4 shadow-card sm:grid-cols-[6rem_1fr]">
      <PosterPicture slug={event.slug} palette={event.poster.palette} image={event.image} />
      <div className="grid min-w-0 gap-0.5">
        <h3 className="line-clamp-2 text-base leading-snug">
          <Link
            href={`/events/${event.slug}`}
            className="after:absolute after:inset-0 group-hover:underline underline-offset-4"
          >
            {event.title[locale]}
          </Link>
        </h3>
        <p className="text-sm text-pretty text-muted">
          {t('opensAt', { when: formatShortMoment(event.sale.opensAt, locale) })}
        </p>
        <Countdown
          untilMs={Date.parse(event.sale.opensAt)}
          renderedAtMs={renderedAtMs}
          locale={locale}
          label={t('opensIn')}
          done={t('opened')}
          className="mt-1 text-xl leading-tight font-black tracking-tight text-accent-strong"
        />
      </div>
    </li>
  );
}
