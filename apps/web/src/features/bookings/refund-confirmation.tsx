'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';

/** Asks once more before tickets go back: which, how much, and that there is no way back. */
export function RefundConfirmation({
  isOpen,
  isBusy,
  names,
  amount,
  onConfirm,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  /** The tickets' places. */
  readonly names: readonly string[];
  readonly amount: number;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const locale = usePageLocale();
  return (
    <Dialog isOpen={isOpen} title={t('askTitle', { count: names.length })} onClose={onClose}>
      <p className="numeric font-medium">{names.join(' · ')}</p>
      <p className="numeric text-2xl font-bold">{formatWon(amount, locale)}</p>
      <ul className="grid list-disc gap-1 ps-5 text-sm text-muted">
        <li>{t('askSeats')}</li>
        <li>{t('askMoney')}</li>
        <li>{t('askFinal')}</li>
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onClose} disabled={isBusy}>
          {t('keep')}
        </Button>
        <Button tone="danger" onClick={onConfirm} isBusy={isBusy}>
          {isBusy ? t('asking') : t('confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
