'use client';

import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { ReadFailed } from '../planning/read-failed.tsx';
import { HallDrawing } from './hall-picture.tsx';
import { useHallLayout } from './use-hall-layout.ts';

/** The seats of a hall, as far as an event is sold from them: until then only the file has them. */
export function HallPlan({ hall }: { readonly hall: HallView }): ReactNode {
  const t = useTranslations('halls.list');
  const layout = useHallLayout(hall);
  if (layout.data === undefined)
    return layout.error === null ? (
      <Skeleton className="h-96" />
    ) : (
      <ReadFailed problem={layout.error.problem} onRetry={() => void layout.refetch()} />
    );
  if (layout.data === null)
    return (
      <Notice
        title={t('noPlanTitle')}
        action={
          <LinkButton href={`/organiser/events/new?hall=${hall.slug}`} tone="secondary">
            {t('plan')}
          </LinkButton>
        }
      >
        {t('noPlan')}
      </Notice>
    );
  const { version, preview } = layout.data;
  return (
    <div className="grid gap-4">
      {version !== hall.version && <Notice tone="warn">{t('olderPlan', { version })}</Notice>}
      <HallDrawing preview={preview} />
    </div>
  );
}
