'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useIsAwake } from '../../design/use-is-awake.ts';
import type { FormRefusal } from './use-account-form.ts';

/**
 * The end of a form about an account: why it was refused, and the button that waits as long as it must. Until the form has
 * come alive it cannot be sent: the browser's own way would only lose what was written.
 */
export function FormFoot({
  refusal,
  waitSeconds,
  isBusy,
  action,
  unknownText,
  children,
}: {
  readonly refusal: FormRefusal | undefined;
  readonly waitSeconds: number;
  readonly isBusy: boolean;
  /** What leads on from the refusal. */
  readonly action?: ReactNode;
  /** What to do when nobody can tell whether it was carried out; absent where sending again does no harm. */
  readonly unknownText?: string;
  /** Text of the button. */
  readonly children: ReactNode;
}): ReactNode {
  const t = useTranslations('account.form');
  const isAwake = useIsAwake();
  return (
    <>
      {refusal !== undefined && <Refusal refusal={refusal} action={action} unknownText={unknownText} />}
      <Button type="submit" isWide isBusy={isBusy} disabled={!isAwake || waitSeconds > 0}>
        <span className="numeric">{waitSeconds > 0 ? t('wait', { seconds: waitSeconds }) : children}</span>
      </Button>
    </>
  );
}

function Refusal({
  refusal,
  action,
  unknownText,
}: {
  readonly refusal: FormRefusal;
  readonly action: ReactNode;
  readonly unknownText: string | undefined;
}): ReactNode {
  const t = useTranslations('account.form');
  if (refusal.isUnknown && refusal.problem.code !== 'overloaded') {
    return (
      <Notice tone="warn" title={t('unknown')} action={action} isUrgent>
        {unknownText ?? t('sendAgain')}
      </Notice>
    );
  }
  return <ProblemNotice problem={refusal.problem} action={action} />;
}
