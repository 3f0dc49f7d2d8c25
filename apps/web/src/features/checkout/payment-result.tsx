'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { ConfirmedPayment } from './confirmed-payment.tsx';
import type { PaymentEnd } from './confirmation.ts';
import { FailureText } from './failure-text.tsx';
import { MoneyBack } from './money-back.tsx';
import { TryAgain } from './try-again.tsx';
import type { Confirmation } from './use-confirmation.ts';

/** How a payment stands: on its way, unknown, or at one of its ends. */
export function PaymentResult({
  confirmation,
  amount,
  onLookAgain,
}: {
  readonly confirmation: Confirmation;
  readonly amount: number;
  readonly onLookAgain: () => void;
}): ReactNode {
  switch (confirmation.kind) {
    case 'confirming':
    case 'checking':
    case 'tired':
      return <Waiting kind={confirmation.kind} amount={amount} onLookAgain={onLookAgain} />;
    case 'confirmed':
      return <ConfirmedPayment payment={confirmation.payment} />;
    case 'money-back':
      return <MoneyBack payment={confirmation.payment} />;
    case 'returned':
      return <Returned reservationId={confirmation.payment.reservationId} />;
    case 'declined':
    case 'not-charged':
      return <NotPaid end={confirmation} />;
    case 'refused':
      return <Refusal end={confirmation} />;
  }
}

function Waiting({
  kind,
  amount,
  onLookAgain,
}: {
  readonly kind: 'confirming' | 'checking' | 'tired';
  readonly amount: number;
  readonly onLookAgain: () => void;
}): ReactNode {
  const t = useTranslations('checkout.result');
  const locale = usePageLocale();
  return (
    <Card className="grid justify-items-center gap-4 py-10 text-center">
      {kind !== 'tired' && (
        <span
          aria-hidden
          className="size-10 animate-spin rounded-full border-4 border-accent border-t-transparent motion-reduce:hidden"
        />
      )}
      <p className="numeric text-2xl font-bold">{formatWon(amount, locale)}</p>
      <output className="grid max-w-prose gap-2">
        <span className="font-semibold">{t(`${kind}.lead`)}</span>
        <span className="text-muted">{t(`${kind}.text`)}</span>
      </output>
      {kind === 'tired' && <Button onClick={onLookAgain}>{t('lookAgain')}</Button>}
      {kind !== 'confirming' && (
        <LinkButton href="/reservations" tone={kind === 'tired' ? 'secondary' : 'quiet'}>
          {t('toReservations')}
        </LinkButton>
      )}
    </Card>
  );
}

function NotPaid({
  end,
}: {
  readonly end: Extract<PaymentEnd, { readonly kind: 'declined' | 'not-charged' }>;
}): ReactNode {
  const t = useTranslations('checkout.result');
  return (
    <div className="grid gap-5">
      {end.kind === 'declined' ? (
        <Notice tone="bad" title={<FailureText code={end.code} message={end.message} />} isUrgent>
          {t('declined.text')}
        </Notice>
      ) : (
        <Notice tone="warn" title={t(`${end.reason}.title`)} isUrgent>
          {t(`${end.reason}.text`)}
        </Notice>
      )}
      <TryAgain payment={end.payment} />
    </div>
  );
}

function Returned({ reservationId }: { readonly reservationId: string }): ReactNode {
  const t = useTranslations('checkout.result');
  return (
    <Notice
      title={t('returned.title')}
      action={<LinkButton href={`/reservations/${reservationId}`}>{t('toBooking')}</LinkButton>}
    >
      {t('returned.text')}
    </Notice>
  );
}

function Refusal({ end }: { readonly end: Extract<PaymentEnd, { readonly kind: 'refused' }> }): ReactNode {
  const t = useTranslations('checkout.result');
  if (end.problem.code === 'unauthenticated') return <SignInFirst />;
  const action = <LinkButton href="/reservations">{t('toReservations')}</LinkButton>;
  return <ProblemNotice problem={end.problem} action={action} />;
}
