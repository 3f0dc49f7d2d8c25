'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

/** Shows a refusal: what happened and what to do next, in the words of the problem table. */
export function ProblemNotice({
  problem,
  action,
}: {
  readonly problem: ProblemDocument;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <Notice tone={problem.status >= 500 ? 'warn' : 'bad'} title={problem.title} action={action} isUrgent>
      {problem.detail}
    </Notice>
  );
}
