'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { box, type Scale } from './scale.ts';

interface LegendEntry {
  readonly name: string;
  readonly now: string;
  readonly swatch: ReactNode;
}

/** What every chart has: a heading, a legend with the present values, axes, and the same as a table. */
export function ChartFrame({
  title,
  legend,
  scale,
  formatValue,
  table,
  children,
}: {
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  readonly scale: Scale;
  readonly formatValue: (value: number) => string;
  readonly table: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const t = useTranslations('control.chart');
  return (
    <Card className="grid content-start gap-3">
      <h3 className="text-lg">{title}</h3>
      <Legend entries={legend} />
      <Plot title={title} scale={scale} formatValue={formatValue}>
        {children}
      </Plot>
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold text-accent">
          {t('asTable')}
        </summary>
        {table}
      </details>
    </Card>
  );
}

function Legend({ entries }: { readonly entries: readonly LegendEntry[] }): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {entries.map(({ name, now, swatch }) => (
        <li key={name} className="inline-flex items-center gap-2">
          {swatch}
          <span className="text-muted">{name}</span>
          <span className="numeric font-semibold">{now}</span>
        </li>
      ))}
    </ul>
  );
}

interface PlotProps {
  readonly title: string;
  readonly scale: Scale;
  readonly formatValue: (value: number) => string;
  readonly children: ReactNode;
}

// Words stand beside the drawing, not in it: it is stretched to its place.
function Plot({ title, scale, formatValue, children }: PlotProps): ReactNode {
  const t = useTranslations('control.chart');
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <div aria-hidden className="relative w-12 text-end text-xs text-muted">
        {scale.lines.map((line) => (
          <span
            key={line}
            className="numeric absolute inset-e-0 -translate-y-1/2"
            style={{ top: `${(1 - line / scale.top) * 100}%` }}
          >
            {formatValue(line)}
          </span>
        ))}
      </div>
      <svg
        role="img"
        aria-label={t('label', { title })}
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        className="h-36 w-full overflow-visible"
      >
        {scale.lines.map((line) => {
          const y = (1 - line / scale.top) * box.height;
          return (
            <line
              key={line}
              x1={0}
              x2={box.width}
              y1={y}
              y2={y}
              className="stroke-rule"
              vectorEffect="non-scaling-stroke"
            />
          );
        })}
        {children}
      </svg>
      <span />
      <div aria-hidden className="flex justify-between pt-1 text-xs text-muted">
        <span>{t('minutesAgo', { minutes: 10 })}</span>
        <span>{t('minutesAgo', { minutes: 5 })}</span>
        <span>{t('now')}</span>
      </div>
    </div>
  );
}
