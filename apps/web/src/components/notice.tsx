import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

type Tone = 'neutral' | 'good' | 'warn' | 'bad';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'border-rule bg-sunken',
  good: 'border-good bg-good-soft',
  warn: 'border-warn bg-warn-soft',
  bad: 'border-bad bg-bad-soft',
};

/** Says something about the page, with what to do next. `isUrgent` interrupts a screen reader, otherwise it waits its turn. */
export function Notice({
  tone = 'neutral',
  title,
  children,
  action,
  isUrgent = false,
}: {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly isUrgent?: boolean;
}): ReactNode {
  return (
    <div
      role={isUrgent ? 'alert' : 'status'}
      className={classNames('grid gap-2 rounded-card border-s-4 border px-4 py-3', tones[tone])}
    >
      {title !== undefined && <p className="font-semibold">{title}</p>}
      {children !== undefined && <div className="text-sm">{children}</div>}
      {action !== undefined && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
