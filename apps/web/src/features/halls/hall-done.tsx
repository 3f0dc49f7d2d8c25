'use client';

import type { HallImportReport } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { HallNaming } from './hall-naming.ts';

/** The hall is there: what it has, and where to go on. */
export function HallDone({
  report,
  name,
  onAnother,
}: {
  readonly report: HallImportReport;
  readonly name: HallNaming;
  readonly onAnother: () => void;
}): ReactNode {
  const t = useTranslations('halls.import');
  const locale = usePageLocale();
  const facts = { seats: formatCount(report.seats, locale), version: report.version ?? 1 };
  return (
    <Notice
      tone="good"
      title={t('doneTitle', { name: locale === 'ko' ? name.nameKo : name.nameEn })}
      action={
        <>
          <LinkButton href={`/organiser/events/new?hall=${report.slug}`}>{t('plan')}</LinkButton>
          <LinkButton href="/organiser/halls" tone="secondary">
            {t('back')}
          </LinkButton>
          <Button tone="quiet" onClick={onAnother}>
            {t('another')}
          </Button>
        </>
      }
    >
      {report.isNew ? t('done', facts) : t('doneSame', facts)}
    </Notice>
  );
}
