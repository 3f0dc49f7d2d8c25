'use client';

import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatShortMoment } from '../../design/format.ts';
import { serverOffsetMs } from '../../design/server-clock.ts';
import { useNow } from '../../design/use-now.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { nextOpening } from './own-figures.ts';

/** The sale that opens next, counted down by the server's clock. */
export function NextOpening({
  events,
  now,
  readAtMs,
}: {
  readonly events: readonly EventSummary[];
  readonly now: string;
  readonly readAtMs: number;
}): ReactNode {
  const t = useTranslations('planning.overview');
  const locale = usePageLocale();
  const nowMs = useNow(serverOffsetMs(now, readAtMs), 1_000);
  const next = nextOpening(events, nowMs);
  return (
    <section className="grid content-start gap-1 rounded-card border border-rule bg-surface p-4 shadow-card">
      <h2 className="text-sm font-normal text-muted">{t('nextTitle')}</h2>
      {next === undefined ? (
        <p className="text-lg">{t('nextNone')}</p>
      ) : (
        <>
          <p className="numeric text-2xl font-bold">
            <TimeLeft ms={Date.parse(next.sale.opensAt) - nowMs} />
          </p>
          <p className="numeric text-sm text-muted">{formatShortMoment(next.sale.opensAt, locale)}</p>
          <Link
            href={`/organiser/events/${next.eventId}/control`}
            className="inline-flex min-h-11 items-center font-semibold text-accent underline-offset-4 hover:underline"
          >
            {next.title[locale]}
          </Link>
        </>
      )}
    </section>
  );
}

function TimeLeft({ ms }: { readonly ms: number }): ReactNode {
  const t = useTranslations('planning.overview');
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return t('nextIn', { time: t('days', { days, hours }) });
  if (hours > 0) return t('nextIn', { time: t('hours', { hours, minutes }) });
  return t('nextIn', { time: t('minutes', { minutes, seconds: seconds % 60 }) });
}
