'use client';

import type { ControlRoom, LineControl } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { FaultNotice } from './fault-notice.tsx';
import type { LineAction } from './line-actions.ts';
import { noticeFaults, noticeLengths } from './pause-notice.ts';
import type { ControlFault } from './use-line-control.ts';

interface Props {
  readonly action: LineAction;
  readonly room: ControlRoom;
  readonly isBusy: boolean;
  readonly fault: ControlFault | null;
  readonly onConfirm: (control: LineControl) => void;
  readonly onCancel: () => void;
}

/** What an action does, what fans will see of it, and the last word on it. */
export function ActionForm({ action, room, isBusy, fault, onConfirm, onCancel }: Props): ReactNode {
  const t = useTranslations('control');
  const locale = usePageLocale();
  const [notice, setNotice] = useState({ ko: t('pause.defaultKo'), en: t('pause.defaultEn') });
  const [isTried, setTried] = useState(false);
  const faults = noticeFaults(notice);
  const isWrong = action === 'pause' && (faults.ko || faults.en);
  const send = () => {
    setTried(true);
    if (isWrong) return;
    onConfirm(action === 'pause' ? { action, notice } : { action });
  };
  const waiting = formatCount(room.waiting, locale);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p>
        {t(action === 'open' && room.isPaused ? 'ask.open.doesPaused' : `ask.${action}.does`, { waiting })}
      </p>
      {action === 'pause' && (
        <NoticeFields notice={notice} faults={isTried ? faults : noFaults} onChange={setNotice} />
      )}
      <FansSee>
        {t(`ask.${action}.fans`, { waiting })}
        {action === 'pause' && notice[locale] !== '' && (
          <span className="mt-1 block font-semibold">“{notice[locale]}”</span>
        )}
      </FansSee>
      {fault !== null && <FaultNotice fault={fault} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button tone="secondary" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" tone={action === 'drain' ? 'danger' : 'primary'} isBusy={isBusy}>
          {t(`ask.${action}.confirm`)}
        </Button>
      </div>
    </form>
  );
}

const noFaults = { ko: false, en: false };

function FansSee({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useTranslations('control');
  return (
    <div className="rounded-control bg-sunken px-4 py-3 text-sm">
      <p className="font-semibold text-muted">{t('fansSee')}</p>
      <p>{children}</p>
    </div>
  );
}

function NoticeFields({
  notice,
  faults,
  onChange,
}: {
  readonly notice: { readonly ko: string; readonly en: string };
  readonly faults: { readonly ko: boolean; readonly en: boolean };
  readonly onChange: (notice: { ko: string; en: string }) => void;
}): ReactNode {
  const t = useTranslations('control.pause');
  return (
    <div className="grid gap-4">
      {(['ko', 'en'] as const).map((language) => (
        <Field
          key={language}
          label={t(`${language}.label`)}
          lang={language}
          value={notice[language]}
          maxLength={noticeLengths[language]}
          hint={t('left', { count: noticeLengths[language] - notice[language].length })}
          error={faults[language] ? t(`${language}.fault`) : undefined}
          onChange={(event) => onChange({ ...notice, [language]: event.target.value })}
        />
      ))}
    </div>
  );
}
