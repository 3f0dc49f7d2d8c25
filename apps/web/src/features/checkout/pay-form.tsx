'use client';

import type { Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { MethodDialog } from './method-dialog.tsx';
import { PayTroubleNotice } from './pay-trouble.tsx';
import { usePay } from './use-pay.ts';

/** The amount, what the buyer agrees to, and the button that opens the payment window. */
export function PayForm({
  reservation,
  since,
  acceptEqualSeats,
  isPaymentOpen,
  onChange,
}: {
  readonly reservation: Reservation;
  readonly since: string | undefined;
  readonly acceptEqualSeats: boolean | undefined;
  readonly isPaymentOpen: boolean;
  readonly onChange: () => void;
}): ReactNode {
  const t = useTranslations('checkout.pay');
  const locale = usePageLocale();
  const { isBusy, trouble, opened, pay, open, close } = usePay(reservation.reservationId, since, onChange);
  const amount = formatWon(reservation.amount, locale);
  const terms = useTerms();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (terms.accept()) void pay(acceptEqualSeats);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <p className="flex items-baseline justify-between gap-4">
        <span className="font-semibold">{t('amount')}</span>
        <span className="numeric text-2xl font-bold">{amount}</span>
      </p>
      <div className="-mx-2 grid gap-1">
        <Checkbox isChecked={terms.isAgreed} onChange={terms.choose} isRequired>
          {t('agree')}
        </Checkbox>
        <p id={terms.errorId} role="alert" className="px-2 text-sm font-medium text-bad empty:hidden">
          {terms.isMissing ? t('agreeFirst') : ''}
        </p>
        <details className="px-2 text-sm text-muted">
          <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
            {t('terms')}
          </summary>
          <ul className="grid list-disc gap-1 ps-5 pb-2">
            <li>{t('termRefund')}</li>
            <li>{t('termLate')}</li>
            <li>{t('termProvider')}</li>
          </ul>
        </details>
      </div>
      {trouble !== undefined && <PayTroubleNotice trouble={trouble} />}
      <Button type="submit" isWide isBusy={isBusy} className="min-h-13 text-lg">
        {isBusy ? t('opening') : isPaymentOpen ? t('goOn', { amount }) : t('go', { amount })}
      </Button>
      <MethodDialog
        opened={opened}
        onChoose={(payment, method) => void open(payment, method)}
        onClose={close}
      />
    </form>
  );
}

/** What the buyer has agreed to; a press on the button without it says what is missing. */
function useTerms() {
  const errorId = useId();
  const [isAgreed, setAgreed] = useState(false);
  const [isMissing, setMissing] = useState(false);
  return {
    errorId,
    isAgreed,
    isMissing,
    choose: (isChosen: boolean) => {
      setAgreed(isChosen);
      setMissing(false);
    },
    accept: () => {
      setMissing(!isAgreed);
      return isAgreed;
    },
  };
}
