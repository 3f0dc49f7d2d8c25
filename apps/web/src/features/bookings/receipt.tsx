'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatMoment, formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { Facts } from './facts.tsx';

/** What was paid, when, under which number, and how much came back. */
export function Receipt({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('bookings.receipt');
  const locale = usePageLocale();
  return (
    <Facts
      rows={[
        [t('amount'), formatWon(payment.amount, locale)],
        [
          t('refunded'),
          payment.refundedAmount > 0 ? `−${formatWon(payment.refundedAmount, locale)}` : undefined,
        ],
        [t('at'), formatMoment(payment.createdAt, locale)],
        [t('order'), payment.orderId],
      ]}
    />
  );
}
