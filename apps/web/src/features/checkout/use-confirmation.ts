'use client';

import { confirmPayment, readPaymentByOrder } from '@urr/contracts/payment.ts';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { pollDelayMs } from '../bookings/poll-schedule.ts';
import { followPayment, type PaymentEnd } from './confirmation.ts';
import type { Authenticated } from './payment-return.ts';

/** Where following a payment has come to. */
export type Confirmation =
  | { readonly kind: 'confirming' }
  | { readonly kind: 'checking' }
  /** It has been looked up for long; it is still being worked on without this page. */
  | { readonly kind: 'tired' }
  | PaymentEnd;

/** The server answers within 8 s; a proxy in between may be slow. Milliseconds. */
const deadlineMs = 20_000;

type Answer = Awaited<ReturnType<typeof confirm>>;

// React mounts twice in development, and a reader may go back and forth: one order is confirmed by one call at a time.
const underWay = new Map<string, Promise<Answer>>();

/** Confirms a payment once and follows it until its outcome is known. */
export function useConfirmation(payment: Authenticated): {
  readonly confirmation: Confirmation;
  readonly lookAgain: () => void;
} {
  const { paymentKey, orderId, amount } = payment;
  const [confirmation, setConfirmation] = useState<Confirmation>({ kind: 'confirming' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isStopped = false;
    void followPayment({
      confirm: () => confirmOnce({ paymentKey, orderId, amount }),
      look: () => call(readPaymentByOrder, { params: { orderId } }),
      wait,
      onChecking: () => !isStopped && setConfirmation({ kind: 'checking' }),
      isStopped: () => isStopped,
    }).then((end) => !isStopped && setConfirmation(end ?? { kind: 'tired' }));
    return () => {
      isStopped = true;
    };
  }, [paymentKey, orderId, amount, round]);
  const lookAgain = useCallback(() => {
    setConfirmation({ kind: 'checking' });
    setRound((count) => count + 1);
  }, []);
  return { confirmation, lookAgain };
}

function confirm(body: Authenticated) {
  return call(confirmPayment, { body }, { deadlineMs });
}

function confirmOnce(body: Authenticated): Promise<Answer> {
  const known = underWay.get(body.orderId);
  if (known !== undefined) return known;
  const asked = confirm(body).finally(() => underWay.delete(body.orderId));
  underWay.set(body.orderId, asked);
  return asked;
}

async function wait(look: number): Promise<boolean> {
  const delay = pollDelayMs(look);
  if (delay === undefined) return false;
  await new Promise((resolve) => setTimeout(resolve, delay));
  return true;
}
