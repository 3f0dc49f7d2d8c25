'use client';

import type { Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { classNames } from '../../design/class-names.ts';
import { formatClock } from '../../design/format.ts';
import { useNow } from '../../design/use-now.ts';
import { type HoldStage, holdStage, partLeft, secondsLeft } from './hold-clock.ts';

const frames: Readonly<Record<HoldStage, string>> = {
  calm: 'border-rule bg-surface',
  soon: 'border-warn bg-warn-soft',
  last: 'border-bad bg-bad-soft',
  over: 'border-bad bg-bad-soft',
};
const bars: Readonly<Record<HoldStage, string>> = {
  calm: 'bg-accent',
  soon: 'bg-warn',
  last: 'bg-bad',
  over: 'bg-bad',
};

/** Counts a hold down by the server's clock; warns at two minutes and thirty seconds, and says when it is over. */
export function HoldTimer({
  hold,
  offsetMs,
  onOver,
}: {
  readonly hold: Pick<Reservation, 'createdAt' | 'expiresAt' | 'pinned'>;
  readonly offsetMs: number;
  readonly onOver: () => void;
}): ReactNode {
  const t = useTranslations('checkout.hold');
  const now = useNow(offsetMs, 1_000);
  const seconds = secondsLeft(hold.expiresAt, now);
  const stage = holdStage(seconds);
  const isOver = stage === 'over';
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <div className={classNames('grid gap-2 rounded-card border px-5 py-3 shadow-card', frames[stage])}>
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-sm font-medium">
          {t(hold.pinned && stage === 'calm' ? 'extended' : `stage.${stage}`)}
        </span>
        <span
          role="timer"
          aria-label={t('label')}
          className="numeric shrink-0 text-2xl font-bold whitespace-nowrap"
        >
          {formatClock(seconds)}
        </span>
      </p>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={classNames(
            'h-full origin-left transition-transform duration-1000 ease-linear',
            bars[stage],
          )}
          style={{ transform: `scaleX(${partLeft(hold, now)})` }}
        />
      </div>
      {/* Says only what has changed: a clock read aloud every second helps nobody. */}
      <output className="sr-only">{stage === 'calm' ? '' : t(`warning.${stage}`)}</output>
    </div>
  );
}
