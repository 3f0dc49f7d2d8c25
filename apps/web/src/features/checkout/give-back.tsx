'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { cancelReservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

type Trouble = { readonly kind: 'refused'; readonly problem: ProblemDocument } | { readonly kind: 'unknown' };

/** Gives a hold back before it is paid, after a question. */
export function GiveBack({
  reservationId,
  isPaymentOpen,
  onAnswer,
}: {
  readonly reservationId: string;
  readonly isPaymentOpen: boolean;
  readonly onAnswer: () => Promise<unknown>;
}): ReactNode {
  const t = useTranslations('checkout.giveBack');
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const giveBack = async () => {
    setBusy(true);
    setTrouble(undefined);
    const result = await call(cancelReservation, { params: { reservationId } });
    if (!result.ok) {
      setTrouble(result.unknown ? { kind: 'unknown' } : { kind: 'refused', problem: result.problem });
    }
    setBusy(false);
    if (result.ok || !result.unknown) await onAnswer();
    if (result.ok) setOpen(false);
  };
  return (
    <>
      <Button tone="quiet" isWide onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      <Dialog isOpen={isOpen} title={t('title')} onClose={() => setOpen(false)}>
        <p>{t(isPaymentOpen ? 'textWhilePaying' : 'text')}</p>
        {trouble?.kind === 'refused' && <ProblemNotice problem={trouble.problem} />}
        {trouble?.kind === 'unknown' && (
          <Notice tone="warn" title={t('unknownTitle')} isUrgent>
            {t('unknown')}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" disabled={isBusy} onClick={() => setOpen(false)}>
            {t('keep')}
          </Button>
          <Button tone="danger" isBusy={isBusy} onClick={() => void giveBack()}>
            {t('confirm')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
