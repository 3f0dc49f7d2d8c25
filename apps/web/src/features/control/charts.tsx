'use client';

import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { oneDigit } from './figure-text.ts';
import { LineChart } from './line-chart.tsx';
import { PaymentChart } from './payment-chart.tsx';
import { ReadingMark } from './reading-mark.tsx';
import type { PaymentState, Reading } from './readings.ts';
import { type Minute, minutesOf, perSecond, pointsOf, ratesUntilNow, type Sample } from './samples.ts';
import { scaleFor } from './scale.ts';
import { ValueTable } from './value-table.tsx';

interface Props {
  readonly room: ControlRoom;
  readonly samples: readonly Sample[];
}

/** The last ten minutes as lines and bars, each with its table. */
export function Charts({
  room,
  samples,
  line,
  payments,
}: Props & { readonly line: Reading<ControlRoom>; readonly payments: PaymentState }): ReactNode {
  const t = useTranslations('control.chart');
  const minutes = useMemo(() => minutesOf(samples), [samples]);
  return (
    <section aria-labelledby="charts" className="grid gap-4">
      <div>
        <div className="flex flex-wrap items-end justify-between gap-2">
          <h2 id="charts" className="text-xl">
            {t('title')}
          </h2>
          <ReadingMark reading={line} />
        </div>
        <p className="text-sm text-muted">{t('lead')}</p>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
        <FlowChart room={room} samples={samples} minutes={minutes} />
        <WaitingChart room={room} samples={samples} minutes={minutes} />
        <ActiveChart room={room} samples={samples} minutes={minutes} />
        <PaymentChart payments={payments} />
      </div>
    </section>
  );
}

interface ChartProps extends Props {
  readonly minutes: readonly Minute[];
}

function useMinuteRows(minutes: readonly Minute[], keys: readonly (keyof Minute)[]) {
  const t = useTranslations('control.chart');
  const locale = usePageLocale();
  return minutes.map((minute) => ({
    key: String(minute.minutesAgo),
    cells: [
      minute.minutesAgo === 0 ? t('lastMinute') : t('minutesAgo', { minutes: minute.minutesAgo }),
      ...keys.map((key) => formatCount(minute[key], locale)),
    ],
  }));
}

function FlowChart({ room, samples, minutes }: ChartProps): ReactNode {
  const t = useTranslations('control.chart');
  const locale = usePageLocale();
  const joined = useMemo(() => ratesUntilNow(samples, 'issued'), [samples]);
  const called = useMemo(() => ratesUntilNow(samples, 'serving'), [samples]);
  const perSecondText = (value: number | null) =>
    value === null ? '–' : t('perSecond', { count: oneDigit(value, locale) });
  const rows = useMinuteRows(minutes, ['joined', 'called']);
  return (
    <LineChart
      title={t('flow')}
      endMs={Date.parse(room.now)}
      scale={scaleFor(
        [...joined, ...called].map(({ value }) => value),
        { isWhole: false },
      )}
      formatValue={(value) => oneDigit(value, locale)}
      series={[
        {
          name: t('joined'),
          now: perSecondText(perSecond(samples, 'issued')),
          points: joined,
          look: 'solid',
        },
        {
          name: t('called'),
          now: perSecondText(perSecond(samples, 'serving')),
          points: called,
          look: 'dashed',
        },
      ]}
      table={
        <ValueTable
          caption={t('flow')}
          heads={[t('minute'), t('joinedInMinute'), t('calledInMinute')]}
          rows={rows}
        />
      }
    />
  );
}

function WaitingChart({ room, samples, minutes }: ChartProps): ReactNode {
  const t = useTranslations('control.chart');
  const locale = usePageLocale();
  const waiting = useMemo(() => pointsOf(samples, ({ issued, serving }) => issued - serving), [samples]);
  const rows = useMinuteRows(minutes, ['waiting']);
  return (
    <LineChart
      title={t('waiting')}
      endMs={Date.parse(room.now)}
      scale={scaleFor(waiting.map(({ value }) => value))}
      formatValue={(value) => formatCount(value, locale)}
      series={[{ name: t('people'), now: formatCount(room.waiting, locale), points: waiting, look: 'solid' }]}
      table={<ValueTable caption={t('waiting')} heads={[t('minute'), t('people')]} rows={rows} />}
    />
  );
}

function ActiveChart({ room, samples, minutes }: ChartProps): ReactNode {
  const t = useTranslations('control.chart');
  const locale = usePageLocale();
  const active = useMemo(() => pointsOf(samples, (sample) => sample.active), [samples]);
  const endMs = Date.parse(room.now);
  // The capacity of now: what it was before stands in the record of changes.
  const capacity = [endMs - 600_000, endMs].map((atMs) => ({ atMs, value: room.capacity }));
  const rows = useMinuteRows(minutes, ['active']);
  return (
    <LineChart
      title={t('active')}
      endMs={endMs}
      scale={scaleFor([room.capacity, ...active.map(({ value }) => value)])}
      formatValue={(value) => formatCount(value, locale)}
      series={[
        { name: t('people'), now: formatCount(room.active, locale), points: active, look: 'solid' },
        { name: t('capacity'), now: formatCount(room.capacity, locale), points: capacity, look: 'dotted' },
      ]}
      table={<ValueTable caption={t('active')} heads={[t('minute'), t('people')]} rows={rows} />}
    />
  );
}
