'use client';

import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useNow } from '../../design/use-now.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { type CheckItem, checklistOf, isPublishable } from './publish-checklist.ts';
import { PublishConfirm } from './publish-confirm.tsx';

/** What is checked before an event is published, and the button that does it after a question. */
export function PublishCard({
  event,
  hall,
  isDirty,
  onPublished,
}: {
  readonly event: EventDetail;
  readonly hall: HallView | undefined;
  readonly isDirty: boolean;
  readonly onPublished: (event: EventDetail) => void;
}): ReactNode {
  const t = useTranslations('planning.own');
  const locale = usePageLocale();
  const [isAsking, setIsAsking] = useState(false);
  const nowMs = useNow(0, 10_000);
  const items = checklistOf(event, hall, nowMs);
  return (
    <section className="grid gap-4 rounded-card border border-accent bg-surface p-5 shadow-card">
      <div>
        <h2 className="text-xl">{t('publishTitle')}</h2>
        <p className="mt-1 text-sm text-muted">{t('publishLead')}</p>
      </div>
      <ul className="grid gap-2">
        {items.map((item) => (
          <CheckLine key={item.name} item={item} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={isDirty || !isPublishable(items)} onClick={() => setIsAsking(true)}>
          {t('publish')}
        </Button>
        {isDirty && <p className="text-sm text-warn">{t('publishFirstSave')}</p>}
      </div>
      <Dialog
        isOpen={isAsking}
        title={t('confirmTitle', { title: event.title[locale] })}
        onClose={() => setIsAsking(false)}
      >
        <PublishConfirm
          event={event}
          hasOpened={Date.parse(event.sale.opensAt) <= nowMs}
          onClose={() => setIsAsking(false)}
          onPublished={onPublished}
        />
      </Dialog>
    </section>
  );
}

const marks = { done: '✓', look: '!', missing: '✕' } as const;
const tones = {
  done: 'bg-good-soft text-good',
  look: 'bg-warn-soft text-warn',
  missing: 'bg-bad-soft text-bad',
} as const;

function CheckLine({ item }: { readonly item: CheckItem }): ReactNode {
  const t = useTranslations('planning.own.check');
  return (
    <li className="flex items-start gap-3">
      <span
        aria-hidden
        className={`mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-full text-sm font-bold ${tones[item.state]}`}
      >
        {marks[item.state]}
      </span>
      <span>
        <span className="sr-only">{t(`${item.state}Label`)}: </span>
        {t(`${item.name}.${item.state}`, { grades: item.grades?.join(', ') ?? '' })}
      </span>
    </li>
  );
}
