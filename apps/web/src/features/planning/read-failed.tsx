'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';

/** Stands where something of an organiser could not be read. */
export function ReadFailed({
  problem,
  onRetry,
}: {
  readonly problem: ProblemDocument;
  readonly onRetry: () => void;
}): ReactNode {
  const t = useTranslations('planning.read');
  if (problem.code === 'unauthenticated') return <SignInFirst />;
  return (
    <ProblemNotice
      problem={problem}
      action={
        <Button tone="secondary" onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    />
  );
}
