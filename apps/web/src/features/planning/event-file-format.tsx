'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { exampleEventFile } from './event-file.ts';
import { saveFile } from './save-file.ts';

/** Explains an event's file, with one to start from. */
export function EventFileFormat(): ReactNode {
  const t = useTranslations('planning.file');
  return (
    <section className="grid gap-3 rounded-card border border-rule bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl">{t('format')}</h2>
        <Button
          tone="secondary"
          onClick={() => saveFile('example-event.json', 'application/json', exampleEventFile())}
        >
          {t('example')}
        </Button>
      </div>
      <p className="text-muted">{t('formatLead')}</p>
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('exampleShown')}</summary>
        <pre className="rounded-control bg-sunken px-3 py-2 text-sm break-words whitespace-pre-wrap">
          {exampleEventFile()}
        </pre>
      </details>
    </section>
  );
}
