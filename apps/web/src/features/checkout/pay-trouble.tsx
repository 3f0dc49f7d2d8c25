'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { PayTrouble } from './use-pay.ts';

/** Says why the payment window did not open and what that means for the money. */
export function PayTroubleNotice({ trouble }: { readonly trouble: PayTrouble }): ReactNode {
  const t = useTranslations('checkout.trouble');
  switch (trouble.kind) {
    case 'refused':
      // Here the page itself shows that something is still held: it is the rest of it that is too short.
      if (trouble.problem.code === 'reservation-over') {
        return (
          <Notice tone="bad" title={t('tooShortTitle')} isUrgent>
            {t('tooShort')}
          </Notice>
        );
      }
      return <ProblemNotice problem={trouble.problem} />;
    case 'unknown':
      return (
        <Notice tone="warn" title={t('unknownTitle')} isUrgent>
          {t('unknown')}
        </Notice>
      );
    case 'window':
      return (
        <Notice tone="warn" title={t('windowTitle')} isUrgent>
          {t('window')}
        </Notice>
      );
  }
}
