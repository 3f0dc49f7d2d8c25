'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';

const tones = { valid: 'good', returning: 'warn', returned: 'neutral', used: 'accent' } as const;

/** A word about the state of a ticket. */
export function TicketState({ state }: { readonly state: Ticket['state'] }): ReactNode {
  const t = useTranslations('tickets.states');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
