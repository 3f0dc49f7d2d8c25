'use client';

import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { CancelCard } from './cancel-card.tsx';
import { EventEditor } from './event-editor.tsx';
import { newEventForm } from './event-form.ts';
import { InventoryNotice } from './inventory-notice.tsx';
import { OwnEventHead } from './own-event-head.tsx';
import { PictureCard } from './picture-card.tsx';
import { PublishCard } from './publish-card.tsx';
import { useEventEditor } from './use-event-editor.ts';

/** All an organiser does about one event. */
export function OwnEventDesk({
  event,
  hall,
  halls,
  onChanged,
}: {
  readonly event: EventDetail;
  readonly hall: HallView | undefined;
  readonly halls: readonly HallView[];
  readonly onChanged: (event: EventDetail) => void;
}): ReactNode {
  const t = useTranslations('planning.own');
  const isMade = useSearchParams().has('made');
  const editing = useEventEditor({
    name: event.eventId,
    event,
    hall: hall?.slug,
    halls,
    fresh: () => newEventForm(Date.now()),
    onSaved: onChanged,
  });
  const isCancelled = event.state === 'cancelled';
  return (
    <div className="grid gap-6">
      {isMade && event.state === 'draft' && <Notice tone="good">{t('made')}</Notice>}
      <OwnEventHead event={event} />
      {isCancelled && (
        <Notice tone="bad" title={t('cancelledTitle')}>
          {t('cancelled')}
        </Notice>
      )}
      {event.state === 'ended' && <Notice title={t('endedTitle')}>{t('ended')}</Notice>}
      {event.state === 'draft' && (
        <PublishCard event={event} hall={hall} isDirty={editing.isDirty} onPublished={onChanged} />
      )}
      <InventoryNotice event={event} />
      {!isCancelled && <PictureCard event={event} onChanged={onChanged} />}
      {!isCancelled && <EventEditor editing={editing} />}
      {!isCancelled && <CancelCard event={event} onCancelled={onChanged} />}
    </div>
  );
}
