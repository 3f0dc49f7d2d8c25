'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { ControlFault } from './use-line-control.ts';

/** Why a change was not made, or that nobody can tell whether it was. */
export function FaultNotice({ fault }: { readonly fault: ControlFault }): ReactNode {
  const t = useTranslations('control.unknown');
  if (!fault.isUnknown) return <ProblemNotice problem={fault.problem} />;
  return (
    <Notice tone="warn" title={t('title')} isUrgent>
      {t('lead')}
    </Notice>
  );
}
