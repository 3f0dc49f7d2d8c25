'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { nextStepOf, stepPath } from './next-step.ts';
import { numberIn } from './problem-numbers.ts';
import type { Reserving } from './use-reserve.ts';

/** What came of trying to reserve: being checked, not known, refused with the next step. */
export function AttemptNotice({
  reserving,
  slug,
  onAskAgain,
}: {
  readonly reserving: Reserving;
  readonly slug: string;
  readonly onAskAgain: () => void;
}): ReactNode {
  const t = useTranslations('seats');
  const { phase, problem } = reserving;
  if (phase === 'repeating') return <Notice tone="warn" title={t('attempt.repeating')} />;
  if (phase === 'done') return <Notice tone="good" title={t('attempt.done')} />;
  if (phase === 'unknown')
    return (
      <Notice
        tone="warn"
        title={t('attempt.unknownTitle')}
        isUrgent
        action={
          <>
            <Button onClick={onAskAgain}>{t('attempt.askAgain')}</Button>
            <LinkButton tone="secondary" href="/reservations">
              {t('attempt.toReservations')}
            </LinkButton>
          </>
        }
      >
        {t('attempt.unknown')}
      </Notice>
    );
  return problem === undefined ? null : <Refusal problem={problem} slug={slug} />;
}

function Refusal({ problem, slug }: { readonly problem: ProblemDocument; readonly slug: string }): ReactNode {
  const t = useTranslations('seats');
  const locale = usePageLocale();
  const path = usePathname();
  const step = nextStepOf(problem.code);
  const [limit, live, left] = [
    numberIn(problem, 'limit'),
    numberIn(problem, 'live'),
    numberIn(problem, 'left'),
  ];
  const action = step !== undefined && (
    <LinkButton href={stepPath(step, slug, path.slice(locale.length + 1))}>{t(`steps.${step}`)}</LinkButton>
  );
  const more =
    limit !== undefined && live !== undefined
      ? t('attempt.limit', { limit, live })
      : left === undefined
        ? ''
        : t('attempt.gradeLeft', { left });
  return (
    <ProblemNotice problem={{ ...problem, detail: `${more} ${problem.detail}`.trim() }} action={action} />
  );
}
