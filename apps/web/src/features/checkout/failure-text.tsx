'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { failureReason } from './failure-reason.ts';

/** Why a payment did not come about: in our words where we have them, else in the provider's, else in general ones. */
export function FailureText({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): ReactNode {
  const t = useTranslations('checkout.failure');
  const reason = failureReason(code);
  if (reason !== undefined) return t(reason);
  return message === '' ? t('other') : t('provider', { message });
}
