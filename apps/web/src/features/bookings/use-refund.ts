'use client';

import { requestRefund } from '@urr/contracts/payment.ts';
import type { PaymentView, RefundView } from '@urr/contracts/payment-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useState } from 'react';
import { forgetAttempt, keyOfAttempt } from '../../api/attempt-keys.ts';
import { call } from '../../api/call.ts';
import { refundContent } from './refund-choice.ts';

/** How asking for a refund went. `unknown`: nobody can tell whether it was taken up; the payment will say. */
export type RefundAnswer =
  | { readonly kind: 'answered'; readonly refund: RefundView }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument }
  | { readonly kind: 'unknown' };

/** The provider's answer is waited for at the server for 8 s. Milliseconds. */
const deadlineMs = 15_000;

/** Asks for refunds of a payment; `onAnswer` reads again what has changed. */
export function useRefund(payment: PaymentView, onAnswer: () => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<RefundAnswer>();
  const ask = async (ticketIds: readonly string[]) => {
    setBusy(true);
    setAnswer(undefined);
    setAnswer(await send(payment, ticketIds));
    await onAnswer();
    setBusy(false);
  };
  return { isBusy, answer, ask };
}

async function send(payment: PaymentView, ticketIds: readonly string[]): Promise<RefundAnswer> {
  const { paymentId } = payment;
  const name = `refund.${paymentId}`;
  const idempotencyKey = keyOfAttempt(sessionStorage, name, refundContent(payment, ticketIds));
  const input = { params: { paymentId }, body: { ticketIds: [...ticketIds] } };
  const result = await call(requestRefund, input, { idempotencyKey, deadlineMs });
  if (result.ok) {
    forgetAttempt(sessionStorage, name);
    return { kind: 'answered', refund: result.body };
  }
  if (result.unknown) return { kind: 'unknown' };
  if (result.problem.code !== 'request-in-flight') forgetAttempt(sessionStorage, name);
  return { kind: 'refused', problem: result.problem };
}
