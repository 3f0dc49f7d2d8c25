'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatWon } from '../../design/format.ts';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { Facts } from './facts.tsx';
import { OrderNumber } from './order-number.tsx';

/** What was paid, how much came back and what is left of it, when, and under which number. */
export function Receipt({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('bookings.receipt');
  const { moment } = useKoreanTime();
  const locale = usePageLocale();
  const { amount, refundedAmount, createdAt, orderId } = payment;
  const at: readonly [string, string] = [t('at'), moment(createdAt)];
  if (refundedAmount === 0) {
    return (
      <div className="grid gap-2">
        <Facts rows={[[t('amount'), formatWon(amount, locale)], at]} />
        <OrderNumber orderId={orderId} />
      </div>
    );
  }
  return (
    <div className="grid gap-3">
      <Facts
        rows={[
          [t('amount'), formatWon(amount, locale)],
          [t('refunded'), `−${formatWon(refundedAmount, locale)}`],
        ]}
      />
      <p className="flex items-baseline justify-between gap-4 border-t border-rule pt-3 font-semibold">
        <span>{t('net')}</span>
        <span className="numeric text-xl">{formatWon(amount - refundedAmount, locale)}</span>
      </p>
      <div className="grid gap-2">
        <Facts rows={[at]} />
        <OrderNumber orderId={orderId} />
      </div>
    </div>
  );
}
