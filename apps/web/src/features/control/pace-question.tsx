'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { FaultNotice } from './fault-notice.tsx';
import type { PaceLeap } from './pace-leap.ts';
import type { ControlFault } from './use-line-control.ts';

interface Props {
  readonly what: 'capacity' | 'rate';
  /** `null`: nothing is asked. */
  readonly leap: PaceLeap | null;
  readonly isBusy: boolean;
  readonly fault: ControlFault | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before the pace of a line leaps: what it was, what it will be, and what that means. */
export function PaceQuestion({ leap, onCancel, ...asked }: Props): ReactNode {
  const t = useTranslations('control.pace');
  const title = leap === null ? '' : t(leap.kind === 'none' ? 'zero.title' : `${asked.what}.leapTitle`);
  return (
    <Dialog isOpen={leap !== null} title={title} onClose={onCancel}>
      {leap !== null && <Question {...asked} leap={leap} onCancel={onCancel} />}
    </Dialog>
  );
}

function Question({
  what,
  leap,
  isBusy,
  fault,
  onConfirm,
  onCancel,
}: Props & { readonly leap: PaceLeap }): ReactNode {
  const t = useTranslations('control');
  const locale = usePageLocale();
  const count = (value: number) => formatCount(value, locale);
  const values = { before: count(leap.before), after: leap.kind === 'none' ? '0' : count(leap.after) };
  return (
    <div className="grid gap-4">
      <BeforeAndAfter what={what} values={values} />
      {leap.kind === 'none' ? (
        <p>{t('pace.zero.means')}</p>
      ) : (
        <p>
          {leap.times !== null && <strong>{t('pace.times', { times: count(leap.times) })} </strong>}
          {t(`pace.${what}.leapMeans`, {
            ...values,
            beforeMinute: count(leap.before * 60),
            afterMinute: count(leap.after * 60),
          })}
        </p>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button tone="secondary" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button tone={leap.kind === 'none' ? 'danger' : 'primary'} isBusy={isBusy} onClick={onConfirm}>
          {leap.kind === 'none' ? t('pace.zero.confirm') : t(`pace.${what}.leapConfirm`, values)}
        </Button>
      </div>
    </div>
  );
}

function BeforeAndAfter({
  what,
  values,
}: {
  readonly what: 'capacity' | 'rate';
  readonly values: { readonly before: string; readonly after: string };
}): ReactNode {
  const t = useTranslations('control.pace');
  return (
    <dl className="numeric grid grid-cols-2 gap-4 rounded-control bg-sunken px-4 py-3">
      {(['before', 'after'] as const).map((when) => (
        <div key={when}>
          <dt className="text-sm text-muted">{t(when)}</dt>
          <dd className="text-xl font-semibold">{t(`${what}.value`, { value: values[when] })}</dd>
        </div>
      ))}
    </dl>
  );
}
