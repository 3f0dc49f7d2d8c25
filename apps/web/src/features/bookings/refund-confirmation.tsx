'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';

/** Asks once more before tickets go back: how many, how much, and that there is no way back. */
export function RefundConfirmation({
  isOpen,
  isBusy,
  count,
  amount,
  onConfirm,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly count: number;
  readonly amount: number;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const locale = usePageLocale();
  return (
    <Dialog isOpen={isOpen} title={t('askTitle', { count })} onClose={onClose}>
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
