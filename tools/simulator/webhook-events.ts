import { randomUUID } from 'node:crypto';
import { toKstZoneless } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Change, Payment, PaymentStatus } from './payment.ts';
import { renderPayment } from './payment-view.ts';

// Seen in the wild: DONE, then ABORTED 46 ms later, for one payment.
const glitchDelayMs = 46;
const reorderDelayMs = 2000;

/** A post to the shop. Its body is rendered from the payment stored beside it, so retries repeat the same bytes. */
export type Delivery = {
  id: string;
  event: 'PAYMENT_STATUS_CHANGED' | 'DEPOSIT_CALLBACK';
  createdAt: number;
  dueAt: number;
  copies: number;
  status: PaymentStatus;
};

/** The posts which follow a change, with the operator's glitches worked in. */
export function deliveriesAfter(change: Change, faults: Faults, now: number): Delivery[] {
  const { orderId, status } = change.payment;
  return eventsAfter(change).flatMap((event) => {
    const strikes = (kind: 'lost' | 'duplicate' | 'reorder' | 'done-then-aborted') =>
      faults.take({ call: 'webhook', orderId, kind });
    if (strikes('lost') !== undefined) return [];
    const reorder = strikes('reorder');
    const delivery: Delivery = {
      id: randomUUID(),
      event,
      createdAt: now,
      dueAt: now + (reorder === undefined ? 0 : (reorder.delayMs ?? reorderDelayMs)),
      copies: strikes('duplicate') === undefined ? 1 : 2,
      status,
    };
    const mayGlitch = event === 'PAYMENT_STATUS_CHANGED' && status === 'DONE';
    if (!mayGlitch || strikes('done-then-aborted') === undefined) return [delivery];
    const later = now + glitchDelayMs;
    return [
      delivery,
      { ...delivery, id: randomUUID(), status: 'ABORTED', createdAt: later, dueAt: later, copies: 1 },
    ];
  });
}

function eventsAfter(change: Change): Delivery['event'][] {
  const isVirtualAccount = change.payment.virtualAccount !== null;
  switch (change.payment.status) {
    case 'DONE':
    case 'CANCELED':
    case 'PARTIAL_CANCELED':
      return isVirtualAccount ? ['DEPOSIT_CALLBACK', 'PAYMENT_STATUS_CHANGED'] : ['PAYMENT_STATUS_CHANGED'];
    case 'ABORTED':
    case 'EXPIRED':
      return ['PAYMENT_STATUS_CHANGED'];
    case 'WAITING_FOR_DEPOSIT':
      return change.depositTakenBack === true ? ['DEPOSIT_CALLBACK'] : [];
    case 'READY':
    case 'IN_PROGRESS':
      return [];
  }
}

export function renderDelivery(delivery: Delivery, payment: Payment, publicUrl: string): string {
  const createdAt = toKstZoneless(delivery.createdAt);
  if (delivery.event === 'PAYMENT_STATUS_CHANGED') {
    const data = renderPayment({ ...payment, status: delivery.status }, delivery.createdAt, publicUrl);
    return JSON.stringify({ eventType: delivery.event, createdAt, data });
  }
  return JSON.stringify({
    createdAt,
    secret: payment.secret,
    status: delivery.status,
    transactionKey: payment.lastTransactionKey,
    orderId: payment.orderId,
  });
}
