'use client';

import { readPayment } from '@urr/contracts/payment.ts';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { Receipt } from '../bookings/receipt.tsx';
import { RefundList } from '../bookings/refund-outcome.tsx';
import { ShowHeading } from '../bookings/show-heading.tsx';
import { useLookAgain } from '../bookings/use-booking.ts';
import { useShow } from '../bookings/use-show.ts';

/** The places were lost while the money moved: says that it goes back by itself, and follows it until it is back. */
export function MoneyBack({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('checkout.moneyBack');
  const locale = usePageLocale();
  const show = useShow(payment.eventId);
  const { data, refetch } = useRoute(
    readPayment,
    { params: { paymentId: payment.paymentId } },
    { initial: payment },
  );
  const now = data ?? payment;
  const isBack = now.state === 'refunded';
  const look = useCallback(() => refetch(), [refetch]);
  useLookAgain(!isBack, look);
  const amount = formatWon(now.amount, locale);
  return (
    <div className="grid gap-5">
      <Notice tone={isBack ? 'good' : 'warn'} title={t(isBack ? 'backTitle' : 'title', { amount })} isUrgent>
        {t(isBack ? 'back' : 'text', { amount })}
      </Notice>
      <Card className="grid gap-5">
        <ShowHeading eventId={now.eventId} fallback={now.orderName} />
        <Receipt payment={now} />
        <RefundList payment={now} />
      </Card>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={show.seatsPath}>{t('chooseAgain')}</LinkButton>
        <LinkButton href="/reservations" tone="secondary">
          {t('toReservations')}
        </LinkButton>
      </div>
    </div>
  );
}
