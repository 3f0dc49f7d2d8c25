'use client';

import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { formatShortMoment } from '../../design/format.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { EventBadge } from './event-badge.tsx';
import { SoldBar } from './sold-bar.tsx';

/** One of the organiser's events, with what can be done about it. */
export function EventRow({ event }: { readonly event: EventSummary }): ReactNode {
  const t = useTranslations('planning.list');
  const locale = usePageLocale();
  const edit = `/organiser/events/${event.eventId}` as const;
  const isPublic = event.state !== 'draft' && event.state !== 'cancelled';
  return (
    <li className="grid gap-4 rounded-card border border-rule bg-surface p-4 shadow-card md:grid-cols-[minmax(0,1fr)_14rem_auto] md:items-center md:p-5">
      <div className="grid gap-1.5">
        <div>
          <EventBadge state={event.state} />
        </div>
        <h3 className="text-lg">
          <Link
            href={edit}
            className="inline-flex min-h-11 items-center underline-offset-4 hover:underline md:min-h-0"
          >
            {event.title[locale]}
          </Link>
        </h3>
        <p className="text-sm text-muted">
          {event.artist.name[locale]} · {event.venue.name[locale]}
        </p>
        <dl className="numeric flex flex-wrap gap-x-4 gap-y-1 text-sm">
          <Moment name={t('opens')} at={formatShortMoment(event.sale.opensAt, locale)} />
          <Moment name={t('starts')} at={formatShortMoment(event.startsAt, locale)} />
        </dl>
      </div>
      <SoldBar event={event} />
      <div className="flex flex-wrap gap-2 md:flex-col">
        <LinkButton href={edit} tone="secondary">
          {t('edit')}
        </LinkButton>
        {isPublic && (
          <LinkButton href={`${edit}/control`} tone="quiet">
            {t('control')}
          </LinkButton>
        )}
      </div>
    </li>
  );
}

function Moment({ name, at }: { readonly name: string; readonly at: string }): ReactNode {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd>{at}</dd>
    </div>
  );
}
