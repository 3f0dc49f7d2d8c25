'use client';

import type { LineNote } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { linesOf } from './hall-preview.ts';
import type { HallCheck, HallSending } from './use-hall-import.ts';

/** Notes shown at once; the others when asked for. */
const shownNotes = 10;

/** What the service said about the file: its faults and remarks, each beside the line it is about. */
export function HallCheckView({
  csv,
  check,
  sending,
}: {
  readonly csv: string;
  readonly check: HallCheck;
  readonly sending: HallSending;
}): ReactNode {
  const t = useTranslations('halls.import');
  const lines = useMemo(() => linesOf(csv), [csv]);
  const refused = sending.kind === 'refused' ? linesRefused(sending.problem) : undefined;
  if (refused !== undefined) return <Faults {...refused} lines={lines} />;
  if (check.kind === 'checking') return <Skeleton className="h-20" />;
  if (check.kind !== 'checked') return null;
  const { report } = check;
  return (
    <div className="grid gap-3">
      {report.accepted ? (
        <Notice tone="good" title={t('goodTitle')} />
      ) : (
        <Faults notes={report.errors} total={report.errorCount} lines={lines} />
      )}
      {report.warningCount > 0 && (
        <Warnings notes={report.warnings} total={report.warningCount} lines={lines} />
      )}
    </div>
  );
}

interface NotesProps {
  readonly notes: readonly LineNote[];
  readonly total: number;
  readonly lines: readonly string[];
}

function Faults({ notes, total, lines }: NotesProps): ReactNode {
  const t = useTranslations('halls.import');
  return (
    <Notice tone="bad" title={t('badTitle', { count: total })} isUrgent>
      <p>{t('badLead')}</p>
      <Notes notes={notes} total={total} lines={lines} />
    </Notice>
  );
}

function Warnings({ notes, total, lines }: NotesProps): ReactNode {
  const t = useTranslations('halls.import');
  return (
    <Notice tone="warn" title={t('warningsTitle', { count: total })}>
      <p>{t('warningsLead')}</p>
      <Notes notes={notes} total={total} lines={lines} />
    </Notice>
  );
}

function Notes({ notes, total, lines }: NotesProps): ReactNode {
  const t = useTranslations('halls.import');
  const rest = notes.slice(shownNotes);
  return (
    <>
      {notes.length < total && <p className="mt-1">{t('listed', { total, count: notes.length })}</p>}
      <NoteList notes={notes.slice(0, shownNotes)} lines={lines} />
      {rest.length > 0 && (
        <details>
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">
            {t('rest', { count: rest.length })}
          </summary>
          <NoteList notes={rest} lines={lines} />
        </details>
      )}
    </>
  );
}

function NoteList({ notes, lines }: Omit<NotesProps, 'total'>): ReactNode {
  const t = useTranslations('halls.import');
  const locale = usePageLocale();
  return (
    <ol className="mt-3 grid gap-2">
      {notes.map((note) => (
        <li
          key={`${note.line} ${note.column} ${note.message.en}`}
          className="grid gap-1 rounded-control bg-surface px-3 py-2 text-ink"
        >
          <p>
            <span className="numeric font-semibold">
              {t('line', { line: note.line })}
              {note.column !== null && `, ${t('column', { column: note.column })}`}
            </span>{' '}
            {note.message[locale]}
          </p>
          <code className="block rounded-control bg-sunken px-2 py-1 text-sm break-all whitespace-pre-wrap">
            {shortened(lines[note.line - 1] ?? '') || t('emptyLine')}
          </code>
        </li>
      ))}
    </ol>
  );
}

function linesRefused(problem: ProblemDocument): { notes: readonly LineNote[]; total: number } | undefined {
  if (problem.code !== 'hall-file-refused') return undefined;
  const { errors = [], total = errors.length } = (problem.data ?? {}) as {
    errors?: LineNote[];
    total?: number;
  };
  return { notes: errors, total };
}

function shortened(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
