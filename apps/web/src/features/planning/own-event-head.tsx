'use client';

import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { formatMoment } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { EventBadge } from './event-badge.tsx';
import { SoldBar } from './sold-bar.tsx';

/** Where an event stands, and the ways from here. */
export function OwnEventHead({ event }: { readonly event: EventDetail }): ReactNode {
  const t = useTranslations('planning');
  const locale = usePageLocale();
  const isPublic = event.state !== 'draft';
  const hasLine = isPublic && event.state !== 'ended' && event.state !== 'cancelled';
  return (
    <section className="grid gap-4 rounded-card border border-rule bg-surface p-5 shadow-card md:grid-cols-[1fr_16rem]">
      <div className="grid content-start gap-2">
        <div>
          <EventBadge state={event.state} />
        </div>
        <dl className="numeric grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
          <dt className="text-muted">{t('list.opens')}</dt>
          <dd>{t('editor.seoulMoment', { moment: formatMoment(event.sale.opensAt, locale) })}</dd>
          <dt className="text-muted">{t('list.starts')}</dt>
          <dd>{t('editor.seoulMoment', { moment: formatMoment(event.startsAt, locale) })}</dd>
        </dl>
      </div>
      <SoldBar event={event} />
      {isPublic && (
        <nav aria-label={t('own.links')} className="flex flex-wrap gap-2 md:col-span-2">
          <LinkButton href={`/organiser/events/${event.eventId}/control`}>{t('own.control')}</LinkButton>
          <LinkButton href={`/events/${event.slug}`} tone="secondary">
            {t('own.page')}
          </LinkButton>
          {hasLine && (
            // A page of its own, outside the application.
            <a
              href={`/${locale}/events/${event.slug}/line`}
              className="inline-flex min-h-11 items-center rounded-control border border-edge bg-surface px-4 py-2 font-semibold hover:bg-sunken"
            >
              {t('own.line')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}
