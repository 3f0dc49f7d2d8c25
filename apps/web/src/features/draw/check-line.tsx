import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';

/** How a check stands. */
export type CheckState = 'running' | 'held' | 'broken';

const tones = { running: 'neutral', held: 'good', broken: 'bad' } as const;
const signs = { running: '…', held: '✓', broken: '✕' } as const;

/** One check with how it came out, in a word and a sign, never by its colour alone. */
export function CheckLine({
  state,
  texts,
  children,
}: {
  readonly state: CheckState;
  readonly texts: Readonly<Record<CheckState, string>>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={tones[state]}>
        <span aria-hidden className="me-1">
          {signs[state]}
        </span>
        {texts[state]}
      </Badge>
      <span className="min-w-0 flex-1 basis-56">{children}</span>
    </span>
  );
}
