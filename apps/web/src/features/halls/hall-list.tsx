'use client';

import { listHalls } from '@urr/contracts/catalog.ts';
import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { call } from '../../api/call.ts';
import { Refused } from '../../api/queries.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { ReadFailed } from '../planning/read-failed.tsx';
import { useMore } from '../planning/use-more.ts';
import { GradeMark } from '../seats/grade-mark.tsx';
import { BlockedMark } from './hall-picture.tsx';
import { HallPlan } from './hall-plan.tsx';
import { gradesInOrder } from './hall-preview.ts';

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
  const [isOpen, setOpen] = useState(false);
  const planId = useId();
  return (
    <li
      className={classNames(
        'grid content-start gap-3 rounded-card border border-rule bg-surface p-5 shadow-card',
        isOpen && 'md:col-span-2',
      )}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="text-lg">{hall.name[locale]}</h2>
        <p className="numeric text-lg font-semibold">
          {t('seats', { seats: formatCount(hall.seats, locale) })}
        </p>
      </div>
      <p className="numeric text-sm text-muted">
        {hall.slug} · {t('version', { version: hall.version })}
      </p>
      {!isOpen && <GradeCounts hall={hall} />}
      <div id={planId} hidden={!isOpen}>
        {isOpen && <HallPlan hall={hall} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          tone="secondary"
          aria-expanded={isOpen}
          aria-controls={planId}
          aria-label={t(isOpen ? 'hidePlanOf' : 'showPlanOf', { name: hall.name[locale] })}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'hidePlan' : 'showPlan')}
        </Button>
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

/** What is sold of a hall by grade, and what never is: together all its seats. */
function GradeCounts({ hall }: { readonly hall: HallView }): ReactNode {
  const t = useTranslations('halls.list');
  const locale = usePageLocale();
  const sellable = new Map(hall.grades.map((each) => [each.grade, each.sellable]));
  const unsold = hall.seats - [...sellable.values()].reduce((sum, seats) => sum + seats, 0);
  return (
    <ul className="numeric flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {gradesInOrder([...sellable.keys()]).map((grade, index) => (
        <li key={grade} className="inline-flex items-center gap-1.5">
          <GradeMark grade={index} />
          {t('gradeSeats', { grade, seats: formatCount(sellable.get(grade) ?? 0, locale) })}
        </li>
      ))}
      {unsold > 0 && (
        <li className="inline-flex items-center gap-1.5 text-muted">
          <BlockedMark />
          {t('unsold', { seats: formatCount(unsold, locale) })}
        </li>
      )}
    </ul>
  );
}
