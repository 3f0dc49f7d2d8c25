'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { usePageLocale } from '../../i18n/link.tsx';

/** Names the place of a ticket: its seat, or its pool. */
export function useTicketName(): (ticket: Pick<Ticket, 'seat' | 'pool' | 'grade'>) => string {
  const t = useTranslations('bookings');
  const locale = usePageLocale();
  return ({ seat, pool, grade }) => {
    if (seat !== null) return t('places.seat', { section: seat.section, row: seat.row, seat: seat.seat });
    return pool?.name[locale] ?? t('places.grade', { grade });
  };
}
