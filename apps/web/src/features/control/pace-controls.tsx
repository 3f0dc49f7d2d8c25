'use client';

import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { oneDigit } from './figure-text.ts';
import { isRunning } from './line-actions.ts';
import { PaceField } from './pace-field.tsx';
import { capacityLimits, rateLimits } from './pace-draft.ts';

/** How many may be inside at once, and how many come in a second. */
export function PaceControls({
  eventId,
  room,
  announce,
}: {
  readonly eventId: string;
  readonly room: ControlRoom;
  readonly announce: (text: string) => void;
}): ReactNode {
  const t = useTranslations('control.pace');
  const locale = usePageLocale();
  if (!isRunning(room.phase)) return null;
  const isSlowed = room.effectiveRate < room.ratePerSecond - 0.05;
  return (
    <section aria-labelledby="pace" className="grid gap-4">
      <h2 id="pace" className="text-xl">
        {t('title')}
      </h2>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card>
          <PaceField
            what="capacity"
            eventId={eventId}
            current={room.capacity}
            limits={capacityLimits}
            toControl={(capacity) => ({ action: 'capacity', capacity })}
            announce={announce}
          >
            {t('capacityNow', { active: formatCount(room.active, locale) })}
          </PaceField>
        </Card>
        <Card>
          <PaceField
            what="rate"
            eventId={eventId}
            current={room.ratePerSecond}
            limits={rateLimits}
            toControl={(ratePerSecond) => ({ action: 'rate', ratePerSecond })}
            announce={announce}
          >
            {t(isSlowed ? 'rateSlowed' : 'rateNow', { rate: oneDigit(room.effectiveRate, locale) })}
          </PaceField>
        </Card>
      </div>
    </section>
  );
}
