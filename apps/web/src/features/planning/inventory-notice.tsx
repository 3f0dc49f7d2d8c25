'use client';

import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';

/** Whether the places of a published event can be sold as they stand. */
export function InventoryNotice({ event }: { readonly event: EventDetail }): ReactNode {
  const t = useTranslations('planning.own.inventory');
  const isOver = event.state === 'draft' || event.state === 'cancelled' || event.state === 'ended';
  if (isOver || event.organiser === undefined) return null;
  switch (event.organiser.inventory) {
    case 'none':
      return null;
    case 'pending':
      return (
        <Notice tone="warn" title={t('pendingTitle')}>
          {t('pending')}
        </Notice>
      );
    case 'ready':
      return (
        <Notice tone="good" title={t('readyTitle')}>
          {event.state === 'upcoming' ? t('ready') : t('readyOpen')}
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="bad" title={t('refusedTitle')} isUrgent>
          {t('refused')}
        </Notice>
      );
  }
}
