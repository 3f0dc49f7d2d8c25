'use client';

import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { formatCount, formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { oneDigit, percent, seconds } from './figure-text.ts';
import { type Group, NumberGroup } from './number-group.tsx';
import type { PaymentState, Reading, SaleState } from './readings.ts';
import { perSecond, type Sample } from './samples.ts';

/** The numbers an organiser looks at first: the line, the sale, the payments. */
export function BigNumbers({
  room,
  samples,
  line,
  sale,
  payments,
}: {
  readonly room: ControlRoom;
  readonly samples: readonly Sample[];
  readonly line: Reading<ControlRoom>;
  readonly sale: SaleState;
  readonly payments: PaymentState;
}): ReactNode {
  const t = useTranslations('control');
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers" className="sr-only">
        {t('numbers')}
      </h2>
      <div className="grid gap-4 lg:grid-cols-3">
        <Card>
          <NumberGroup group={useLineNumbers(room, samples)} reading={line} />
        </Card>
        <Card>
          <NumberGroup group={useSaleNumbers(sale)} reading={sale} />
        </Card>
        <Card>
          <NumberGroup group={usePaymentNumbers(room, payments)} reading={payments} />
        </Card>
      </div>
    </section>
  );
}

function useLineNumbers(room: ControlRoom, samples: readonly Sample[]): Group {
  const t = useTranslations('control.number');
  const locale = usePageLocale();
  const count = (value: number) => formatCount(value, locale);
  const joining = perSecond(samples, 'issued');
  const isGathering = room.phase === 'lobby' || room.phase === 'scheduled';
  return {
    title: t('line'),
    lead: { label: isGathering ? t('lobby') : t('waiting'), value: count(room.waiting) },
    rest: [
      {
        label: t('arrivals'),
        value: joining === null ? '–' : t('perSecond', { count: oneDigit(joining, locale) }),
      },
      { label: t('active'), value: t('of', { part: count(room.active), whole: count(room.capacity) }) },
      { label: t('called'), value: count(room.called + room.lateClaimers), hint: t('calledHint') },
      { label: t('admitted'), value: t('perMinute', { count: count(room.admittedLastMinute) }) },
      { label: t('serving'), value: t('of', { part: count(room.serving), whole: count(room.issued) }) },
    ],
  };
}

function useSaleNumbers({ data }: SaleState): Group {
  const t = useTranslations('control.number');
  const locale = usePageLocale();
  const sum = (key: 'total' | 'sold' | 'held' | 'left') =>
    data?.grades.reduce((total, grade) => total + grade[key], 0) ?? 0;
  const count = (value: number) => (data === undefined ? '–' : formatCount(value, locale));
  return {
    title: t('sale'),
    lead: {
      label: t('sold'),
      value: count(sum('sold')),
      beside: data === undefined ? '' : percent(sum('sold'), sum('total'), locale),
    },
    rest: [
      {
        label: t('revenue'),
        value: data === undefined ? '–' : formatWon(data.revenue, locale),
        hint: t('revenueHint'),
      },
      { label: t('held'), value: count(sum('held')) },
      {
        label: t('holds'),
        value:
          data === undefined ? '–' : t('holdsOf', { holds: count(data.holds), paying: count(data.paying) }),
      },
      { label: t('left'), value: count(sum('left')) },
      {
        label: t('ended'),
        value:
          data === undefined
            ? '–'
            : t('endedOf', { expired: count(data.expired), cancelled: count(data.cancelled) }),
      },
    ],
  };
}

function usePaymentNumbers(room: ControlRoom, { data }: PaymentState): Group {
  const t = useTranslations('control.number');
  const locale = usePageLocale();
  const count = (value: number | undefined) => (value === undefined ? '–' : formatCount(value, locale));
  const { checkout } = room;
  return {
    title: t('payment'),
    lead: {
      label: t('p95'),
      value: checkout === null ? '–' : seconds(checkout.p95Ms, locale),
      beside:
        checkout === null ? t('notMeasured') : t('measuredAgo', { seconds: Math.round(checkout.ageSeconds) }),
    },
    rest: [
      { label: t('declined'), value: count(data?.declined) },
      {
        label: t('faults'),
        value: checkout === null ? '–' : percent(checkout.failureShare, 1, locale),
        hint: t('faultsHint'),
      },
      { label: t('checking'), value: count(data?.checking) },
      {
        label: t('done'),
        value: data === undefined ? '–' : t('of', { part: count(data.done), whole: count(data.started) }),
      },
      {
        label: t('refunded'),
        value:
          data === undefined
            ? '–'
            : t('refundedOf', {
                count: count(data.refunded),
                amount: formatWon(data.refundedAmount, locale),
              }),
      },
    ],
  };
}
