'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { refusedFields, schemaMessages } from './refused-fields.ts';
import type { FileOutcome } from './use-event-file-import.ts';

/** Why a file was not taken, field by field. */
export function EventFileOutcome({ outcome }: { readonly outcome: FileOutcome }): ReactNode {
  const t = useTranslations('planning.file');
  const f = useTranslations('planning.fault');
  const locale = usePageLocale();
  if (outcome.kind === 'unknown')
    return (
      <Notice tone="warn" title={t('unknownTitle')} isUrgent>
        {t('unknown')}
      </Notice>
    );
  if (outcome.kind !== 'refused') return null;
  const schema = schemaMessages(outcome.problem);
  const fields = Object.entries(refusedFields(outcome.problem, locale));
  return (
    <div className="grid gap-3">
      <ProblemNotice problem={outcome.problem} />
      {fields.length > 0 && (
        <section className="grid gap-2">
          <h3 className="text-base">{t('faults')}</h3>
          <ul className="grid gap-1">
            {fields.map(([path, message]) => (
              <li key={path} className="flex flex-wrap gap-x-3 rounded-control bg-sunken px-3 py-2 text-sm">
                <code className="font-semibold">{path || '{ }'}</code>
                <span>{message || f('notValid')}</span>
                {schema[path] !== undefined && (
                  <span lang="en" className="text-muted">
                    {schema[path]}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
