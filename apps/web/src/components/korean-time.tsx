'use client';

import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';
import { useIsElsewhere } from '../design/use-is-elsewhere.ts';

/**
 * Says that a time is Korean time, to readers whose own clock shows another. Its room is kept for everybody: nothing moves when
 * the browser has told where its reader is. `text` comes in the page's language.
 */
export function KoreanTime({
  text,
  className,
}: {
  readonly text: string;
  readonly className?: string;
}): ReactNode {
  const isToldApart = useIsElsewhere();
  return (
    <span className={classNames('text-sm font-normal text-muted', !isToldApart && 'invisible', className)}>
      {text}
    </span>
  );
}
