import type { ReactNode } from 'react';
import { gradeLook } from './grade-look.ts';

/** The sign of a grade, the same in every drawing: colour and shape. */
export function GradeMark({ grade }: { readonly grade: string }): ReactNode {
  const { stroke, cap, isHollow } = gradeLook(grade);
  return (
    <svg aria-hidden viewBox="-10 -10 20 20" className="size-3.5 shrink-0">
      <path d="M0 0h0" fill="none" stroke={stroke} strokeWidth={16} strokeLinecap={cap} />
      {isHollow && (
        <path d="M0 0h0" fill="none" stroke="var(--surface)" strokeWidth={8} strokeLinecap={cap} />
      )}
    </svg>
  );
}
