'use client';

import { failPayment } from '@urr/contracts/payment.ts';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { Refused, useRead } from '../../api/queries.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { TabTitle } from '../bookings/tab-title.tsx';
import { ConfirmedPayment } from './confirmed-payment.tsx';
import { FailureText } from './failure-text.tsx';
import { MoneyBack } from './money-back.tsx';
import type { Failure } from './payment-return.ts';
import { TryAgain } from './try-again.tsx';

/** The page the buyer comes back to when the window ended without a payment: reports it and leads on. */
export function FailScreen({ failure }: { readonly failure: Failure }): ReactNode {
  const t = useTranslations('checkout.fail');
  const report = useReport(failure);
  const state = report.data?.state;
  // The address may be an old one: what became of the payment is what counts.
  const heading = state === 'confirmed' ? 'confirmed' : state === 'checking' ? 'checking' : 'failed';
  return (
    <Page title={t(`heading.${heading}`)} isNarrow>
      <TabTitle heading={t(`heading.${heading}`)} eventId={report.data?.eventId} />
      {isUnnamed(failure) ? <Unnamed failure={failure} /> : <Reported failure={failure} report={report} />}
    </Page>
  );
}

// Reporting twice changes nothing: a reload is one report.
function useReport({ paymentId, orderId, code, message }: Failure) {
  return useRead<PaymentView, Refused>({
    queryKey: ['failed-payment', paymentId, orderId],
    enabled: paymentId !== undefined || orderId !== undefined,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      const body = {
        code,
        ...(paymentId === undefined ? {} : { paymentId }),
        ...(orderId === undefined ? {} : { orderId }),
        ...(message === undefined ? {} : { message }),
      };
      const result = await call(failPayment, { body });
      if (!result.ok) throw new Refused(result.problem);
      return result.body;
    },
  });
}

function isUnnamed({ paymentId, orderId }: Failure): boolean {
  return paymentId === undefined && orderId === undefined;
}

function Reported({
  failure,
  report: { data, error, refetch },
}: {
  readonly failure: Failure;
  readonly report: ReturnType<typeof useReport>;
}): ReactNode {
  const t = useTranslations('checkout.fail');
  if (error?.problem.code === 'unauthenticated') return <SignInFirst />;
  if (error?.problem.code === 'payment-not-found') {
    const action = <LinkButton href="/reservations">{t('toReservations')}</LinkButton>;
    return <ProblemNotice problem={error.problem} action={action} />;
  }
  if (error !== null) {
    const action = <Button onClick={() => void refetch()}>{t('reportAgain')}</Button>;
    return <ProblemNotice problem={error.problem} action={action} />;
  }
  if (data === undefined) return <Skeleton className="h-40 rounded-card" />;
  return <Ended payment={data} failure={failure} />;
}

function Ended({
  payment,
  failure,
}: {
  readonly payment: PaymentView;
  readonly failure: Failure;
}): ReactNode {
  const t = useTranslations('checkout.fail');
  switch (payment.state) {
    case 'confirmed':
      return <ConfirmedPayment payment={payment} />;
    case 'refunding':
    case 'refunded':
      return payment.ticketIds.length > 0 ? (
        <ToBooking payment={payment} kind="paid" />
      ) : (
        <MoneyBack payment={payment} />
      );
    case 'checking':
      return <ToBooking payment={payment} kind="checking" />;
    case 'open':
    case 'failed':
    case 'expired': {
      const { code, message } = payment.failure ?? { code: failure.code, message: failure.message ?? '' };
      return (
        <div className="grid gap-5">
          <Notice tone="warn" title={<FailureText code={code} message={message} />} isUrgent>
            {t('notCharged')}
          </Notice>
          <TryAgain payment={payment} />
        </div>
      );
    }
  }
}

function ToBooking({
  payment,
  kind,
}: {
  readonly payment: PaymentView;
  readonly kind: 'paid' | 'checking';
}): ReactNode {
  const t = useTranslations('checkout.fail');
  const action = <LinkButton href={`/reservations/${payment.reservationId}`}>{t('toBooking')}</LinkButton>;
  return (
    <Notice tone={kind === 'checking' ? 'warn' : 'neutral'} title={t(`${kind}.title`)} action={action}>
      {t(`${kind}.text`)}
    </Notice>
  );
}

/** Nothing says which payment it was: only what is known is told, and nobody's words but ours. */
function Unnamed({ failure }: { readonly failure: Failure }): ReactNode {
  const t = useTranslations('checkout.fail');
  return (
    <Notice
      tone="warn"
      title={<FailureText code={failure.code} message="" />}
      action={<LinkButton href="/reservations">{t('toReservations')}</LinkButton>}
      isUrgent
    />
  );
}
