'use client';

import type { Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { useRefundDeadline } from '../bookings/use-refund-deadline.ts';
import { haveAgreed, keepAgreement } from './agreed-terms.ts';
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
  /** The last try that ended without money, if there was one. */
  readonly since: string | undefined;
  readonly acceptEqualSeats: boolean | undefined;
  readonly isPaymentOpen: boolean;
  readonly onChange: () => void;
}): ReactNode {
  const t = useTranslations('checkout.pay');
  const locale = usePageLocale();
  const { isBusy, trouble, opened, pay, open, close } = usePay(reservation.reservationId, since, onChange);
  const amount = formatWon(reservation.amount, locale);
  const terms = useTerms(reservation);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (terms.accept()) void pay(acceptEqualSeats);
  };
  const action = isPaymentOpen ? 'goOn' : since === undefined ? 'go' : 'again';
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <p className="flex items-baseline justify-between gap-4">
        <span className="font-semibold">{t('amount')}</span>
        <span className="numeric text-2xl font-bold">{amount}</span>
      </p>
      <RefundRule refundableUntil={reservation.refundableUntil} />
      <Terms terms={terms} />
      {trouble !== undefined && <PayTroubleNotice trouble={trouble} />}
      <Button type="submit" isWide isBusy={isBusy} className="min-h-13 text-lg">
        {isBusy ? t('opening') : t(action, { amount })}
      </Button>
      <p className="text-sm text-muted">{t(reservation.pinned ? 'clockExtended' : 'clock')}</p>
      <MethodDialog
        opened={opened}
        onChoose={(payment, method) => void open(payment, method)}
        onClose={close}
      />
    </form>
  );
}

function RefundRule({ refundableUntil }: Pick<Reservation, 'refundableUntil'>): ReactNode {
  const t = useTranslations('checkout.pay');
  const deadline = useRefundDeadline(refundableUntil);
  if (deadline === undefined) return null;
  if (deadline.isOver) return <p className="text-sm font-semibold text-warn">{t('refundOver')}</p>;
  return (
    <p className="flex items-baseline justify-between gap-4 text-sm">
      <span className="text-muted">{t('refundUntil')}</span>
      <span className="numeric text-end font-medium">{deadline.at}</span>
    </p>
  );
}

function Terms({ terms }: { readonly terms: ReturnType<typeof useTerms> }): ReactNode {
  const t = useTranslations('checkout.pay');
  return (
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
  );
}

/** What the buyer has agreed to; a press on the button without it says what is missing. */
function useTerms(reservation: Reservation) {
  const errorId = useId();
  const [isAgreed, setAgreed] = useState(() => haveAgreed(sessionStorage, reservation));
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
      if (isAgreed) keepAgreement(sessionStorage, reservation);
      return isAgreed;
    },
  };
}
