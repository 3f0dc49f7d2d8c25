'use client';

import type { ReactNode } from 'react';
import { ReadingMark } from './reading-mark.tsx';
import type { Reading } from './readings.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

/** Numbers that belong together: one to see from afar, the others below it. */
export interface Group {
  readonly title: string;
  readonly lead: Figure & { readonly beside?: string };
  readonly rest: readonly Figure[];
}

/** One group of numbers as a list of terms. */
export function NumberGroup({
  group,
  reading,
}: {
  readonly group: Group;
  readonly reading: Reading<unknown>;
}): ReactNode {
  const { title, lead, rest } = group;
  return (
    <>
      <div className="mb-3 flex min-h-6 flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-semibold text-muted">{title}</h3>
        <ReadingMark reading={reading} />
      </div>
      <dl className="grid gap-2">
        <div>
          <dt className="text-sm">{lead.label}</dt>
          <dd className="flex flex-wrap items-baseline gap-x-3">
            <span className="numeric text-4xl leading-tight font-bold">{lead.value}</span>
            {lead.beside !== undefined && <span className="numeric text-sm text-muted">{lead.beside}</span>}
          </dd>
        </div>
        {rest.map(({ label, value, hint }) => (
          <div
            key={label}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-rule pt-2"
          >
            <dt className="text-sm text-muted">
              {label}
              {hint !== undefined && <span className="block text-xs">{hint}</span>}
            </dt>
            <dd className="numeric font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
