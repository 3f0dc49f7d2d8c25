'use client';

import type { EventState } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';

const tones = {
  draft: 'neutral',
  upcoming: 'accent',
  on_sale: 'good',
  sold_out: 'warn',
  ended: 'neutral',
  cancelled: 'bad',
} as const satisfies Record<EventState, string>;

/** The state of an event in a word. */
export function EventBadge({ state }: { readonly state: EventState }): ReactNode {
  const t = useTranslations('planning.state');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
