'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';

const tones = { valid: 'good', returning: 'warn', returned: 'neutral', used: 'neutral' } as const;

/** The state of a ticket in a word. */
export function TicketState({ state }: { readonly state: Ticket['state'] }): ReactNode {
  const t = useTranslations('bookings.ticketState');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
