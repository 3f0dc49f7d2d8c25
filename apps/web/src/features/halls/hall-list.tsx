'use client';

import { listHalls } from '@urr/contracts/catalog.ts';
import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { Refused } from '../../api/queries.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { ReadFailed } from '../planning/read-failed.tsx';
import { useMore } from '../planning/use-more.ts';
import { GradeMark } from './grade-mark.tsx';

/** The halls events can be put into. */
export function HallList(): ReactNode {
  const t = useTranslations('halls.list');
  const halls = useMore(['halls'], async (cursor) => {
    const result = await call(listHalls, {
      query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
    });
    if (!result.ok) throw new Refused(result.problem);
    return { items: result.body.halls, next: result.body.nextCursor ?? undefined };
  });
  if (halls.items === undefined)
    return halls.error === null ? (
      <Skeleton className="h-96" />
    ) : (
      <ReadFailed problem={halls.error.problem} onRetry={() => void halls.refetch()} />
    );
  if (halls.items.length === 0)
    return (
      <EmptyState
        title={t('emptyTitle')}
        action={<LinkButton href="/organiser/halls/import">{t('import')}</LinkButton>}
      >
        {t('emptyLead')}
      </EmptyState>
    );
  return (
    <div className="grid gap-4">
      <ul className="grid gap-3 md:grid-cols-2">
        {halls.items.map((hall) => (
          <HallCard key={hall.hallId} hall={hall} />
        ))}
      </ul>
      {halls.hasNextPage && (
        <Button tone="secondary" isBusy={halls.isFetchingNextPage} onClick={() => void halls.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}

function HallCard({ hall }: { readonly hall: HallView }): ReactNode {
  const t = useTranslations('halls.list');
  const locale = usePageLocale();
  const sellable = hall.grades.reduce((sum, grade) => sum + grade.sellable, 0);
  return (
    <li className="grid content-start gap-3 rounded-card border border-rule bg-surface p-5 shadow-card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="text-lg">{hall.name[locale]}</h2>
        <p className="numeric text-lg font-semibold">
          {t('seats', { seats: formatCount(hall.seats, locale) })}
        </p>
      </div>
      <p className="numeric text-sm text-muted">
        {hall.slug} · {t('version', { version: hall.version })}
        {sellable < hall.seats && ` · ${t('unsold', { seats: formatCount(hall.seats - sellable, locale) })}`}
      </p>
      <ul className="numeric flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {hall.grades.map(({ grade, seats }) => (
          <li key={grade} className="inline-flex items-center gap-1.5">
            <GradeMark grade={grade} />
            {t('gradeSeats', { grade, seats: formatCount(seats, locale) })}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={`/organiser/events/new?hall=${hall.slug}`} tone="secondary">
          {t('plan')}
        </LinkButton>
        <LinkButton
          href={`/organiser/halls/import?slug=${hall.slug}&ko=${encodeURIComponent(hall.name.ko)}&en=${encodeURIComponent(hall.name.en)}`}
          tone="quiet"
        >
          {t('replace')}
        </LinkButton>
      </div>
    </li>
  );
}
