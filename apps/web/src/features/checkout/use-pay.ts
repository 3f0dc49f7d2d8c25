'use client';

import { startPayment } from '@urr/contracts/payment.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useCallback, useEffect, useState } from 'react';
import { forgetAttempt, keyOfAttempt } from '../../api/attempt-keys.ts';
import { call } from '../../api/call.ts';
import { type OpenedPayment, openTossWindow, type PaymentMethod, windowKind } from './open-payment-window.ts';

/** What stands between the reader and the payment window. */
export type PayTrouble =
  | { readonly kind: 'refused'; readonly problem: ProblemDocument }
  | { readonly kind: 'unknown' }
  /** The provider's window did not open, or was closed. */
  | { readonly kind: 'window' };

const repeatable = ['request-in-flight', 'rate-limited', 'payment-in-progress'];

/** Starts payments of a reservation and opens the window. `since` tells an attempt from one after an ended payment. */
export function usePay(reservationId: string, since: string | undefined, onChange: () => void) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<PayTrouble>();
  /** Waits for a choice of method; a hosted page and the widget ask by themselves. */
  const [opened, setOpened] = useState<OpenedPayment>();
  useEffect(() => {
    // A page taken out of the browser's memory by the back button is as it was left: busy.
    const wake = (event: PageTransitionEvent) => event.persisted && setBusy(false);
    window.addEventListener('pageshow', wake);
    return () => window.removeEventListener('pageshow', wake);
  }, []);
  const open = useCallback(async (payment: OpenedPayment, method: PaymentMethod) => {
    setOpened(undefined);
    setBusy(true);
    try {
      await openTossWindow(payment, method);
    } catch {
      setTrouble({ kind: 'window' });
      setBusy(false);
    }
  }, []);
  const pay = useCallback(
    async (acceptEqualSeats: boolean | undefined) => {
      setBusy(true);
      setTrouble(undefined);
      const started = await start(reservationId, since, acceptEqualSeats);
      // Refused or not, the hold may have changed: a payment that is open keeps it for longer.
      if (!('payment' in started) || windowKind(started.payment) !== 'hosted') onChange();
      if (!('payment' in started)) {
        setTrouble(started);
        setBusy(false);
        return;
      }
      const { payment } = started;
      switch (windowKind(payment)) {
        case 'hosted':
          window.location.assign(payment.checkoutUrl ?? payment.failUrl);
          return;
        case 'widget':
          return open(payment, 'CARD');
        case 'method':
          setBusy(false);
          setOpened(payment);
      }
    },
    [reservationId, since, onChange, open],
  );
  return { isBusy, trouble, opened, pay, open, close: () => setOpened(undefined) };
}

async function start(
  reservationId: string,
  since: string | undefined,
  acceptEqualSeats: boolean | undefined,
): Promise<PayTrouble | { readonly payment: OpenedPayment }> {
  const body = { reservationId, ...(acceptEqualSeats === undefined ? {} : { acceptEqualSeats }) };
  const name = `pay.${reservationId}`;
  const idempotencyKey = keyOfAttempt(sessionStorage, name, JSON.stringify([body, since]));
  const result = await call(startPayment, { body }, { idempotencyKey });
  if (result.ok) return { payment: result.body };
  if (result.unknown) return { kind: 'unknown' };
  if (!repeatable.includes(result.problem.code)) forgetAttempt(sessionStorage, name);
  return { kind: 'refused', problem: result.problem };
}
