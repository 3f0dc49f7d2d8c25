'use client';

import { cancelEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { soldOf } from './own-figures.ts';

interface Props {
  readonly event: EventDetail;
  readonly onCancelled: (event: EventDetail) => void;
}

/** Cancels an event for good, after saying what that does and having its slug typed. */
export function CancelCard({ event, onCancelled }: Props): ReactNode {
  const t = useTranslations('planning.own');
  const locale = usePageLocale();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-rule p-5">
      <div>
        <h2 className="text-lg">{t('cancelTitle')}</h2>
        <p className="text-sm text-muted">{t('cancelLead')}</p>
      </div>
      <Button tone="danger" onClick={() => setIsAsking(true)}>
        {t('cancelOpen')}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={t('cancelConfirmTitle', { title: event.title[locale] })}
        onClose={() => setIsAsking(false)}
      >
        <CancelConfirm event={event} onCancelled={onCancelled} onClose={() => setIsAsking(false)} />
      </Dialog>
    </section>
  );
}

function CancelConfirm({ event, onCancelled, onClose }: Props & { readonly onClose: () => void }): ReactNode {
  const t = useTranslations('planning.own');
  const [typed, setTyped] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<{ problem: ProblemDocument; unknown: boolean }>();
  const isConfirmed = typed.trim() === event.slug;
  const cancel = async (submit: FormEvent) => {
    submit.preventDefault();
    if (!isConfirmed || isBusy) return;
    setIsBusy(true);
    const result = await call(cancelEvent, { params: { eventId: event.eventId } }, { deadlineMs: 20_000 });
    setIsBusy(false);
    if (!result.ok) return setFailure(result);
    onClose();
    onCancelled(result.body);
  };
  return (
    <form noValidate onSubmit={(submit) => void cancel(submit)} className="grid gap-4">
      <Consequences event={event} />
      <Field
        label={t('cancelTypeLabel')}
        hint={t('cancelType', { slug: event.slug })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(change) => setTyped(change.target.value)}
      />
      {failure?.unknown === false && <ProblemNotice problem={failure.problem} />}
      {failure?.unknown === true && (
        <Notice tone="warn" isUrgent>
          {t('cancelUnknown')}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onClose}>
          {t('cancelKeep')}
        </Button>
        <Button type="submit" tone="danger" isBusy={isBusy} disabled={!isConfirmed}>
          {t('cancelConfirm')}
        </Button>
      </div>
    </form>
  );
}

function Consequences({ event }: { readonly event: EventDetail }): ReactNode {
  const t = useTranslations('planning.own');
  const locale = usePageLocale();
  const stock = soldOf(event);
  if (event.state === 'draft') return <p>{t('cancelDraft')}</p>;
  return (
    <ul className="grid list-disc gap-1.5 ps-5">
      {stock !== undefined && stock.total > stock.left && (
        <li className="numeric font-semibold">
          {t('cancelSold', { sold: formatCount(stock.total - stock.left, locale) })}
        </li>
      )}
      <li>{t('cancelStops')}</li>
      <li>{t('cancelPending')}</li>
      <li>{t('cancelRefund')}</li>
      <li>{t('cancelForever')}</li>
    </ul>
  );
}
