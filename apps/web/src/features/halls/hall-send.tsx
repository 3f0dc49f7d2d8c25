'use client';

import type { HallImportReport } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { type HallNaming, namingFaults } from './hall-naming.ts';
import type { HallCheck, HallSending } from './use-hall-import.ts';

interface Props {
  readonly naming: HallNaming;
  readonly setNaming: (naming: HallNaming) => void;
  readonly check: HallCheck;
  readonly sending: HallSending;
  readonly onCheck: () => void;
  readonly onSend: () => void;
}

/** What the hall is called, and the two steps: check, then import. */
export function HallSend({ naming, setNaming, check, sending, onCheck, onSend }: Props): ReactNode {
  const t = useTranslations('halls.import');
  const [isTried, setIsTried] = useState(false);
  const faults = namingFaults(naming);
  const shown = (field: keyof HallNaming) => {
    const fault = faults[field];
    return isTried && fault !== undefined ? t(fault) : undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isReady = checkedReport(check, naming)?.accepted === true;
    setIsTried(isReady || faults.slug !== undefined);
    if (!isReady && faults.slug === undefined) onCheck();
    if (isReady && Object.keys(faults).length === 0) onSend();
  };
  const field = (name: keyof HallNaming) => ({
    label: t(name),
    error: shown(name),
    value: naming[name],
    onChange: (event: { target: { value: string } }) => setNaming({ ...naming, [name]: event.target.value }),
  });
  return (
    <Card>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="sm:col-span-2">
            <Field {...field('slug')} hint={t('slugHint')} autoCapitalize="none" spellCheck={false} />
          </div>
          <Field {...field('nameKo')} lang="ko" />
          <Field {...field('nameEn')} lang="en" />
        </div>
        <SendStep naming={naming} check={check} sending={sending} />
      </form>
    </Card>
  );
}

function SendStep({ naming, check, sending }: Pick<Props, 'naming' | 'check' | 'sending'>): ReactNode {
  const t = useTranslations('halls.import');
  const locale = usePageLocale();
  const report = checkedReport(check, naming);
  const isStale = check.kind === 'checked' && report === undefined;
  if (report?.accepted !== true)
    return (
      <div className="grid justify-items-start gap-3">
        {isStale && <p className="text-sm text-warn">{t('changedSince')}</p>}
        {(check.kind === 'refused' || check.kind === 'unknown') && <SendRefused problem={check.problem} />}
        <Button type="submit" isBusy={check.kind === 'checking'}>
          {check.kind === 'checking' ? t('checking') : check.kind === 'none' ? t('check') : t('recheck')}
        </Button>
      </div>
    );
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-sm">{outcomeOf(report, t)}</p>
      {sending.kind === 'refused' && <SendRefused problem={sending.problem} />}
      {sending.kind === 'unknown' && (
        <Notice tone="warn" title={t('unknownTitle')} isUrgent>
          {t('unknown')}
        </Notice>
      )}
      <Button type="submit" isBusy={sending.kind === 'busy'}>
        {t('send', { seats: formatCount(report.seats, locale) })}
      </Button>
    </div>
  );
}

function SendRefused({
  problem,
}: {
  readonly problem: Parameters<typeof ProblemNotice>[0]['problem'];
}): ReactNode {
  const t = useTranslations('halls.import');
  if (problem.code !== 'forbidden') return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad" title={problem.title} isUrgent>
      {t('notOwner')}
    </Notice>
  );
}

function outcomeOf(report: HallImportReport, t: ReturnType<typeof useTranslations<'halls.import'>>): string {
  if (!report.isNew) return t('sendSame');
  return report.hallId === null ? t('sendNew') : t('sendVersion', { version: report.version ?? 1 });
}

/** The check's answer, as long as it is about what is named now. */
function checkedReport(check: HallCheck, naming: HallNaming): HallImportReport | undefined {
  return check.kind === 'checked' && check.slug === naming.slug ? check.report : undefined;
}
