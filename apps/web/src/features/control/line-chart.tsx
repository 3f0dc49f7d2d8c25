'use client';

import type { ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { type Point, windowMs } from './samples.ts';
import { box, linePath, type Scale } from './scale.ts';

/** One line of a chart. Lines differ by their stroke as well as by their colour. */
export interface Series {
  readonly name: string;
  readonly now: string;
  readonly points: readonly Point[];
  readonly look: SeriesLook;
}
type SeriesLook = 'solid' | 'dashed' | 'dotted';

const strokes: Readonly<Record<SeriesLook, string>> = {
  solid: 'stroke-accent',
  dashed: 'stroke-warn',
  dotted: 'stroke-muted',
};
const dashes: Readonly<Record<SeriesLook, string | undefined>> = {
  solid: undefined,
  dashed: '7 4',
  dotted: '2 4',
};

/** Lines over the last ten minutes. */
export function LineChart({
  title,
  series,
  scale,
  endMs,
  formatValue,
  table,
}: {
  readonly title: string;
  readonly series: readonly Series[];
  readonly scale: Scale;
  readonly endMs: number;
  readonly formatValue: (value: number) => string;
  readonly table: ReactNode;
}): ReactNode {
  const legend = series.map(({ name, now, look }) => ({ name, now, swatch: <Swatch look={look} /> }));
  return (
    <ChartFrame title={title} legend={legend} scale={scale} formatValue={formatValue} table={table}>
      {series.map(({ name, points, look }) => {
        const path = linePath(points, { endMs, windowMs, top: scale.top });
        return (
          <g key={name}>
            {look === 'solid' && <Area path={path} />}
            <path
              d={path}
              className={`${strokes[look]} fill-none`}
              strokeWidth={2}
              strokeDasharray={dashes[look]}
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
    </ChartFrame>
  );
}

// Each unbroken part of the line is closed down to zero by itself.
function Area({ path }: { readonly path: string }): ReactNode {
  const parts = path.split('M').filter((part) => part.includes('L'));
  const closed = parts.map((part) => {
    const first = part.slice(0, part.indexOf(' '));
    const last = part.slice(part.lastIndexOf('L') + 1, part.lastIndexOf(' '));
    return `M${first} ${box.height}L${part}L${last} ${box.height}Z`;
  });
  return <path d={closed.join('')} className="fill-accent-soft" />;
}

function Swatch({ look }: { readonly look: SeriesLook }): ReactNode {
  return (
    <svg aria-hidden width="28" height="10" className={strokes[look]}>
      <line x1="0" x2="28" y1="5" y2="5" strokeWidth={2.5} strokeDasharray={dashes[look]} />
    </svg>
  );
}
