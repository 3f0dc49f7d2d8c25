'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import type { OpenedPayment, PaymentMethod } from './open-payment-window.ts';

const methods: readonly PaymentMethod[] = ['CARD', 'TRANSFER'];

/** Asks how to pay, where the provider's window does not ask by itself. */
export function MethodDialog({
  opened,
  onChoose,
  onClose,
}: {
  readonly opened: OpenedPayment | undefined;
  readonly onChoose: (opened: OpenedPayment, method: PaymentMethod) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useTranslations('checkout.method');
  return (
    <Dialog isOpen={opened !== undefined} title={t('title')} onClose={onClose}>
      <div className="grid gap-2">
        {methods.map((method) => (
          <Button
            key={method}
            tone={method === 'CARD' ? 'primary' : 'secondary'}
            isWide
            onClick={() => opened !== undefined && onChoose(opened, method)}
          >
            {t(method)}
          </Button>
        ))}
      </div>
      <p className="text-sm text-muted">{t('note')}</p>
    </Dialog>
  );
}
