'use client';

import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { FileDrop } from '../planning/file-drop.tsx';
import { useLeaveWarning } from '../planning/use-leave-warning.ts';
import { FormatHelp } from './format-help.tsx';
import { HallCheckView } from './hall-check.tsx';
import { HallDone } from './hall-done.tsx';
import { decodeHallFile, type HallFileText, mostImportBytes } from './hall-file.ts';
import { type HallNaming, slugFault, slugOfFile } from './hall-naming.ts';
import { HallPreviewView } from './hall-picture.tsx';
import { linesOf, previewHall } from './hall-preview.ts';
import { HallSend } from './hall-send.tsx';
import { useHallImport } from './use-hall-import.ts';

interface ChosenFile {
  readonly name: string;
  readonly content: HallFileText;
}

/** Takes a hall's file: shows it, has it checked, and imports it when told to. What was typed stays throughout. */
export function HallImport(): ReactNode {
  const asked = useSearchParams();
  const planning = useTranslations('planning.editor');
  const [file, setFile] = useState<ChosenFile>();
  const [naming, setNaming] = useState<HallNaming>({
    slug: asked.get('slug') ?? '',
    nameKo: asked.get('ko') ?? '',
    nameEn: asked.get('en') ?? '',
  });
  const { check, sending, checkFile, send, reset } = useHallImport();
  const csv = file?.content.kind === 'read' ? file.content.text : undefined;
  useLeaveWarning(csv !== undefined && sending.kind !== 'done', planning('leave'));
  const take = async (chosen: File) => {
    const content = await readFile(chosen);
    const slug = naming.slug === '' ? slugOfFile(chosen.name) : naming.slug;
    setFile({ name: chosen.name, content });
    setNaming((before) => ({ ...before, slug }));
    if (content.kind === 'read' && slugFault(slug) === undefined) await checkFile(content.text, slug);
    else reset();
  };
  if (sending.kind === 'done')
    return (
      <HallDone
        report={sending.report}
        name={naming}
        onAnother={() => {
          reset();
          setFile(undefined);
          setNaming({ slug: '', nameKo: '', nameEn: '' });
        }}
      />
    );
  return (
    <div className="grid gap-6">
      <Choose file={file} onFile={(chosen) => void take(chosen)} />
      {csv !== undefined && (
        <>
          <Shown csv={csv} check={check} sending={sending} />
          <HallSend
            naming={naming}
            setNaming={setNaming}
            check={check}
            sending={sending}
            onCheck={() => void checkFile(csv, naming.slug)}
            onSend={() => void send(csv, naming)}
          />
        </>
      )}
      <FormatHelp />
    </div>
  );
}

function Choose({
  file,
  onFile,
}: {
  readonly file: ChosenFile | undefined;
  readonly onFile: (file: File) => void;
}): ReactNode {
  const t = useTranslations('halls.import');
  const locale = usePageLocale();
  const lines = file?.content.kind === 'read' ? linesOf(file.content.text).filter(Boolean).length : 0;
  const isRead = file?.content.kind === 'read';
  return (
    <div className="grid gap-3">
      <FileDrop
        accept=".csv,text/csv"
        title={
          file !== undefined && isRead
            ? t('chosen', {
                name: file.name,
                lines: formatCount(lines, locale),
                rows: formatCount(Math.max(0, lines - 1), locale),
              })
            : t('drop')
        }
        hint={t('dropHint')}
        action={file === undefined ? t('choose') : t('chooseOther')}
        onFile={onFile}
      />
      {file?.content.kind === 'too-large' && (
        <Notice tone="bad" title={t('tooLarge')} isUrgent>
          {t('tooLargeLead')}
        </Notice>
      )}
      {file?.content.kind === 'unreadable' && (
        <Notice tone="bad" title={t('unreadable')} isUrgent>
          {t('unreadableLead')}
        </Notice>
      )}
      {file?.content.kind === 'read' && file.content.encoding === 'euc-kr' && (
        <Notice tone="warn">{t('korean')}</Notice>
      )}
    </div>
  );
}

function Shown({
  csv,
  check,
  sending,
}: {
  readonly csv: string;
  readonly check: ReturnType<typeof useHallImport>['check'];
  readonly sending: ReturnType<typeof useHallImport>['sending'];
}): ReactNode {
  const preview = useMemo(() => previewHall(csv), [csv]);
  const faultyLines = useMemo(
    () => new Set(check.kind === 'checked' ? check.report.errors.map(({ line }) => line) : []),
    [check],
  );
  return (
    <>
      <HallCheckView csv={csv} check={check} sending={sending} />
      <HallPreviewView preview={preview} faultyLines={faultyLines} />
    </>
  );
}

// A file that is too large is not even read.
async function readFile(file: File): Promise<HallFileText> {
  if (file.size > mostImportBytes) return { kind: 'too-large' };
  return decodeHallFile(new Uint8Array(await file.arrayBuffer()));
}
