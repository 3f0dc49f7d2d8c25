'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { ChartFrame } from './chart-frame.tsx';
import { type PaymentMinute, paymentMinutes } from './payment-minutes.ts';
import type { PaymentState } from './readings.ts';
import { box, scaleFor } from './scale.ts';
import { ValueTable } from './value-table.tsx';

const minutesShown = 10;

/** Payments by the minute they were begun in: the ones that came through, and on top the ones that did not. */
export function PaymentChart({ payments: { data } }: { readonly payments: PaymentState }): ReactNode {
  const t = useTranslations('control.chart');
  const locale = usePageLocale();
  const pattern = useId();
  const minutes = data === undefined ? [] : paymentMinutes(data, minutesShown);
  const scale = scaleFor(minutes.map(({ done, failed }) => done + failed));
  const failed = data === undefined ? undefined : data.declined + data.abandoned;
  const count = (value: number | undefined) => (value === undefined ? '–' : formatCount(value, locale));
  const heads = [t('minute'), t('paymentsDone'), t('paymentsFailed')];
  const rows = minutes.toReversed().map((minute) => ({
    key: String(minute.atMs),
    cells: [minuteText(minute.atMs, locale), count(minute.done), count(minute.failed)],
  }));
  return (
    <ChartFrame
      title={t('payments')}
      scale={scale}
      formatValue={count}
      legend={[
        { name: t('paymentsDone'), now: count(data?.done), swatch: <Swatch look="solid" /> },
        { name: t('paymentsFailed'), now: count(failed), swatch: <Swatch look="hatched" /> },
      ]}
      table={<ValueTable caption={t('payments')} heads={heads} rows={rows} />}
    >
      <Hatch id={pattern} />
      {minutes.map((minute, index) => (
        <Bar key={minute.atMs} minute={minute} index={index} top={scale.top} pattern={pattern} />
      ))}
    </ChartFrame>
  );
}

// The box is wider than high and stretched: narrow stripes upright in it stay stripes.
function Hatch({ id }: { readonly id: string }): ReactNode {
  return (
    <pattern id={id} width="12" height="10" patternUnits="userSpaceOnUse">
      <rect width="12" height="10" className="fill-bad-soft" />
      <rect width="5" height="10" className="fill-bad" />
    </pattern>
  );
}

function Bar({
  minute,
  index,
  top,
  pattern,
}: {
  readonly minute: PaymentMinute;
  readonly index: number;
  readonly top: number;
  readonly pattern: string;
}): ReactNode {
  const slot = box.width / minutesShown;
  const frame = { x: index * slot + slot * 0.15, width: slot * 0.7 };
  const done = (minute.done / top) * box.height;
  const failed = (minute.failed / top) * box.height;
  return (
    <>
      <rect {...frame} y={box.height - done} height={done} className="fill-accent" />
      <rect {...frame} y={box.height - done - failed} height={failed} fill={`url(#${pattern})`} />
    </>
  );
}

function Swatch({ look }: { readonly look: 'solid' | 'hatched' }): ReactNode {
  return (
    <svg aria-hidden width="16" height="12">
      <rect width="16" height="12" className={look === 'solid' ? 'fill-accent' : 'fill-bad-soft'} />
      {look === 'hatched' &&
        [0, 6, 12].map((x) => <rect key={x} x={x} width="3" height="12" className="fill-bad" />)}
    </svg>
  );
}

function minuteText(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Seoul',
  }).format(new Date(atMs));
}
