'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatMoment } from '../../design/format.ts';
import { useNow } from '../../design/use-now.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { isPublished, useEditor } from './editor-context.tsx';
import { TextField } from './editor-fields.tsx';
import { EditorSection } from './editor-section.tsx';
import { wholeNumber } from './event-fields.ts';
import { seoulClockLater, seoulInstant } from './seoul-time.ts';

const hourMs = 60 * 60_000;

/** When the show is and when it is sold, by the clock in Seoul. */
export function EditorTimes(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, event } = useEditor();
  const nowMs = useNow(0, 60_000);
  const hasOpened = isPublished(event) && event !== undefined && Date.parse(event.sale.opensAt) <= nowMs;
  const minutes = wholeNumber(form.texts['sale.lobbyMinutes']);
  const lobby =
    minutes === undefined
      ? undefined
      : seoulInstant(seoulClockLater(form.texts['sale.opensAt'], -minutes) ?? '');
  return (
    <EditorSection title={t('sections.times')} lead={t('timesLead')}>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TimeField path="startsAt" nowMs={nowMs} />
        <TimeField path="sale.opensAt" nowMs={nowMs} isFixed={hasOpened} />
        <TimeField path="sale.endsAt" nowMs={nowMs} />
        <TextField path="sale.lobbyMinutes" />
      </div>
      {lobby !== undefined && minutes !== 0 && (
        <p className="numeric text-sm text-muted">
          {t('lobbyOpens', { moment: t('seoulMoment', { moment: formatMoment(lobby, locale) }) })}
        </p>
      )}
    </EditorSection>
  );
}

function TimeField({
  path,
  nowMs,
  isFixed = false,
}: {
  readonly path: 'startsAt' | 'sale.opensAt' | 'sale.endsAt';
  readonly nowMs: number;
  readonly isFixed?: boolean;
}): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form } = useEditor();
  const instant = seoulInstant(form.texts[path]);
  const moment = instant === undefined ? '' : t('seoulMoment', { moment: formatMoment(instant, locale) });
  return (
    <div className="grid gap-1">
      <TextField
        path={path}
        type="datetime-local"
        isDisabled={isFixed}
        hint={isFixed ? t('fixed.opensAt') : undefined}
      />
      <p className="numeric min-h-6 text-sm text-muted">
        {instant !== undefined && `${moment} · ${distance(Date.parse(instant) - nowMs, t)}`}
      </p>
    </div>
  );
}

function distance(ms: number, t: ReturnType<typeof useTranslations<'planning.editor'>>): string {
  if (ms < 0) return t('relative.past');
  if (ms < hourMs) return t('relative.soon');
  const hours = Math.floor(ms / hourMs);
  return hours < 48 ? t('relative.hours', { hours }) : t('relative.days', { days: Math.floor(hours / 24) });
}
