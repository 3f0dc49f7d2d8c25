'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { saveFile } from '../planning/save-file.ts';
import { exampleHall } from './example-hall.ts';

const columns = [
  ['section', 'section'],
  ['row', 'row'],
  ['seat', 'seat'],
  ['grade', 'grade'],
  ['x, y', 'xy'],
  ['flags', 'flags'],
] as const;

/** Explains a hall's file, with one to start from. */
export function FormatHelp(): ReactNode {
  const t = useTranslations('halls.format');
  return (
    <section className="grid gap-4 rounded-card border border-rule bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl">{t('title')}</h2>
        <Button
          tone="secondary"
          onClick={() => saveFile('example-hall.csv', 'text/csv;charset=utf-8', exampleHall())}
        >
          {t('example')}
        </Button>
      </div>
      <p className="text-muted">{t('lead')}</p>
      <pre className="rounded-control bg-sunken px-3 py-2 text-sm break-all whitespace-pre-wrap">
        {exampleHall().split('\n').slice(0, 3).join('\n')}
      </pre>
      <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[6rem_1fr]">
        {columns.map(([column, name]) => (
          <div key={column} className="contents">
            <dt className="font-mono font-semibold">{column}</dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
