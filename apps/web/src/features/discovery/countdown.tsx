'use client';

import type { ReactNode } from 'react';
import { formatCountdown } from '../../design/format-countdown.ts';
import { useTurningNow } from '../../design/use-turning-now.ts';
import type { Locale } from '../../i18n/routing.ts';

/** Counts down to a moment of the server's clock, then says what has begun. It keeps its height. */
export function Countdown({
  untilMs,
  renderedAtMs,
  locale,
  label,
  done,
  className,
}: {
  readonly untilMs: number;
  readonly renderedAtMs: number;
  readonly locale: Locale;
  readonly label: string;
  readonly done: string;
  readonly className?: string;
}): ReactNode {
  const nowMs = useTurningNow(untilMs, renderedAtMs);
  const isOver = nowMs >= untilMs;
  return (
    <p className={className}>
      <span className="sr-only">{isOver ? '' : label}</span>
      <span {...(isOver ? {} : { role: 'timer' })} className="numeric">
        {isOver ? done : formatCountdown((untilMs - nowMs) / 1000, locale)}
      </span>
    </p>
  );
}
