'use client';

import type { PaymentView, RefundView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatWon } from '../../design/format.ts';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { rejectionReason, runningRefund } from './refund-choice.ts';
import type { RefundAnswer } from './use-refund.ts';

/** What became of refunds: the last answer in words, then every refund of the payment. */
export function RefundOutcome({
  payment,
  answer,
}: {
  readonly payment: PaymentView;
  readonly answer: RefundAnswer | undefined;
}): ReactNode {
  return (
    <>
      <AnswerNotice payment={payment} answer={answer} />
      <RefundList payment={payment} />
    </>
  );
}

function AnswerNotice({
  payment,
  answer,
}: {
  readonly payment: PaymentView;
  readonly answer: RefundAnswer | undefined;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const locale = usePageLocale();
  // What the payment says now is truer than what the answer said then.
  const answered = answer?.kind === 'answered' ? answer.refund : undefined;
  const refund =
    runningRefund(payment) ?? payment.refunds.find((one) => one.refundId === answered?.refundId) ?? answered;
  if (refund === undefined) {
    if (answer?.kind === 'refused') return <ProblemNotice problem={answer.problem} />;
    if (answer?.kind === 'unknown')
      return (
        <Notice tone="warn" title={t('unknownTitle')} isUrgent>
          {t('unknown')}
        </Notice>
      );
    return null;
  }
  const amount = refund.amount === null ? '' : formatWon(refund.amount, locale);
  switch (refund.state) {
    case 'checking':
      return (
        <Notice tone="warn" title={t('runningTitle')}>
          {t('running')}
        </Notice>
      );
    case 'refunded':
      return (
        <Notice tone="good" title={t('doneTitle', { amount })}>
          {t('done')}
        </Notice>
      );
    case 'rejected':
      return (
        <Notice tone="bad" title={t('rejectedTitle')} isUrgent>
          {t(`rejected.${rejectionReason(refund.code)}`)}
        </Notice>
      );
  }
}

const tones = { checking: 'warn', refunded: 'good', rejected: 'bad' } as const;

/** Every refund of a payment, newest first. */
export function RefundList({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('bookings.refund');
  if (payment.refunds.length === 0) return null;
  const newestFirst = [...payment.refunds].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  return (
    <ul aria-label={t('list')} className="grid gap-2">
      {newestFirst.map((refund) => (
        <RefundRow key={refund.refundId} refund={refund} />
      ))}
    </ul>
  );
}

function RefundRow({ refund }: { readonly refund: RefundView }): ReactNode {
  const t = useTranslations('bookings.refund');
  const { shortMoment } = useKoreanTime();
  const locale = usePageLocale();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-control border border-rule px-3 py-2 text-sm">
      <span className="numeric text-muted">{shortMoment(refund.createdAt)}</span>
      <span className="flex items-center gap-3">
        {refund.amount !== null && (
          <span className="numeric font-semibold">{formatWon(refund.amount, locale)}</span>
        )}
        <Badge tone={tones[refund.state]}>{t(`state.${refund.state}`)}</Badge>
      </span>
    </li>
  );
}
