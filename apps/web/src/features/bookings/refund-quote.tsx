'use client';

import { keepPreviousData, type UseQueryResult } from '@tanstack/react-query';
import { quoteRefund } from '@urr/contracts/payment.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { Refused, useRead } from '../../api/queries.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';

interface Quote {
  readonly amount: number;
}

/** Choices made in quick succession are asked about once. Milliseconds. */
const settleMs = 250;

/** What giving these tickets back would pay, by the server; nothing is asked while none is chosen. */
export function useQuote(paymentId: string, chosen: readonly string[]): UseQueryResult<Quote, Refused> {
  const wanted = chosen.join(',');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), settleMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const query = useRead<Quote, Refused>({
    queryKey: ['refund-quote', paymentId, settled],
    enabled: settled !== '',
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const result = await call(quoteRefund, { params: { paymentId }, query: { ticketIds: settled } });
      if (!result.ok) throw new Refused(result.problem);
      return result.body;
    },
  });
  // The amount of an earlier choice must not be confirmed for this one.
  const isOfThisChoice = settled === wanted && wanted !== '' && !query.isPlaceholderData;
  return isOfThisChoice
    ? query
    : ({ ...query, data: undefined, error: null } as UseQueryResult<Quote, Refused>);
}

/** Says what a refund would pay, before anything is asked for. */
export function RefundQuote({
  quote,
  count,
}: {
  readonly quote: UseQueryResult<Quote, Refused>;
  readonly count: number;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const locale = usePageLocale();
  if (quote.error !== null && count > 0) return <ProblemNotice problem={quote.error.problem} />;
  return (
    <div
      aria-live="polite"
      className="flex min-h-14 items-center justify-between gap-4 rounded-control bg-sunken px-4 py-3"
    >
      <span className="text-sm text-muted">{t('amount')}</span>
      {count === 0 ? (
        <span className="text-sm text-muted">{t('chooseFirst')}</span>
      ) : quote.data === undefined ? (
        <Skeleton className="h-7 w-28 bg-rule" />
      ) : (
        <span className="numeric text-xl font-semibold">{formatWon(quote.data.amount, locale)}</span>
      )}
    </div>
  );
}
