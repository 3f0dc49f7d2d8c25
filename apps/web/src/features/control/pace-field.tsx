'use client';

import type { LineControl } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { FaultNotice } from './fault-notice.tsx';
import { type PaceDraft, type PaceLimits, sliderFor } from './pace-draft.ts';
import { PaceQuestion } from './pace-question.tsx';
import { usePaceChange } from './use-pace-change.ts';

interface Props {
  readonly what: 'capacity' | 'rate';
  readonly eventId: string;
  readonly current: number;
  readonly limits: PaceLimits;
  readonly toControl: (value: number) => LineControl;
  readonly announce: (text: string) => void;
  /** What is true of it now. */
  readonly children: ReactNode;
}

/** One number of the line by slider or by keyboard; it applies only when told to, and a leap only when told so twice. */
export function PaceField({
  what,
  eventId,
  current,
  limits,
  toControl,
  announce,
  children,
}: Props): ReactNode {
  const t = useTranslations('control.pace');
  const locale = usePageLocale();
  const setting = { eventId, current, limits, toControl };
  const { text, draft, leap, isBusy, fault, put, apply, askOrApply, cancelLeap } = usePaceChange({
    ...setting,
    onApplied: (value) => announce(t(`${what}.applied`, { value: formatCount(value, locale) })),
  });
  const bounds = { min: formatCount(limits.min, locale), max: formatCount(limits.max, locale) };
  return (
    <>
      <PaceQuestion
        what={what}
        leap={leap}
        isBusy={isBusy}
        fault={fault}
        onConfirm={apply}
        onCancel={cancelLeap}
      />
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          askOrApply();
        }}
      >
        <h3 className="text-lg">{t(`${what}.title`)}</h3>
        <p className="text-sm text-muted">{children}</p>
        <Slider
          label={t(`${what}.slider`)}
          value={draft.kind === 'changed' ? draft.value : current}
          current={current}
          limits={limits}
          onMove={put}
        />
        <Entry
          label={t(`${what}.field`)}
          text={text}
          current={current}
          error={draft.kind === 'invalid' ? t('invalid', bounds) : undefined}
          isBusy={isBusy}
          kind={draft.kind}
          onType={put}
        />
        <Preview what={what} current={current} draft={draft} />
        {fault !== null && leap === null && <FaultNotice fault={fault} />}
      </form>
    </>
  );
}

function Entry({
  label,
  text,
  current,
  error,
  isBusy,
  kind,
  onType,
}: {
  readonly label: string;
  readonly text: string | null;
  readonly current: number;
  readonly error: string | undefined;
  readonly isBusy: boolean;
  readonly kind: PaceDraft['kind'];
  readonly onType: (text: string | null) => void;
}): ReactNode {
  const t = useTranslations('control.pace');
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="min-w-28 flex-1">
        <Field
          label={label}
          inputMode="numeric"
          autoComplete="off"
          className="numeric"
          value={text ?? String(current)}
          error={error}
          onChange={(event) => onType(event.target.value)}
        />
      </div>
      {/* Beside the box of the field, below its label. */}
      <div className="flex gap-2 pt-6">
        <Button type="submit" isBusy={isBusy} disabled={kind !== 'changed'}>
          {t('apply')}
        </Button>
        {kind !== 'same' && (
          <Button tone="quiet" onClick={() => onType(null)}>
            {t('undo')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Slider({
  label,
  value,
  current,
  limits,
  onMove,
}: {
  readonly label: string;
  readonly value: number;
  readonly current: number;
  readonly limits: PaceLimits;
  readonly onMove: (text: string) => void;
}): ReactNode {
  // While a finger is on it, its ends stay where they are.
  const { min, max, step } = sliderFor(current, limits);
  return (
    <input
      type="range"
      aria-label={label}
      min={min}
      max={max}
      step={step}
      value={Math.min(value, max)}
      onChange={(event) => onMove(event.target.value)}
      className="min-h-11 w-full accent-accent"
    />
  );
}

function Preview({
  what,
  current,
  draft,
}: {
  readonly what: 'capacity' | 'rate';
  readonly current: number;
  readonly draft: PaceDraft;
}): ReactNode {
  const t = useTranslations('control.pace');
  const locale = usePageLocale();
  if (draft.kind !== 'changed') return <p className="min-h-6 text-sm text-muted">{t('unchanged')}</p>;
  const [before, after] = [formatCount(current, locale), formatCount(draft.value, locale)];
  return (
    <p className="numeric min-h-6 font-semibold">
      {t(`${what}.preview`, { before, after })}
      {what === 'capacity' && draft.value === 0 && (
        <span className="block text-sm font-normal text-warn">{t('capacity.none')}</span>
      )}
    </p>
  );
}
