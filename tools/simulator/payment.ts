import { randomBytes } from 'node:crypto';

export const readyWindowMs = 30 * 60 * 1000;
const confirmWindowMs = 10 * 60 * 1000;

export type PaymentStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'WAITING_FOR_DEPOSIT'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

export const methods = ['CARD', 'EASY_PAY', 'TRANSFER', 'MOBILE_PHONE', 'VIRTUAL_ACCOUNT'] as const;
export type Method = (typeof methods)[number];

type RefundAccount = { bank: string; accountNumber: string; holderName: string };

type VirtualAccount = {
  accountNumber: string;
  bankCode: string;
  customerName: string;
  dueAt: number;
  refundStatus: 'NONE' | 'COMPLETED';
};

export type Cancellation = {
  transactionKey: string;
  amount: number;
  taxFreeAmount: number;
  refundableAmount: number;
  reason: string;
  canceledAt: number;
};

/** What the provider knows of a payment. Amounts in KRW; moments in milliseconds of the provider's clock. */
export type Payment = {
  paymentKey: string;
  clientKey: string;
  merchantId: string;
  orderId: string;
  orderName: string;
  status: PaymentStatus;
  method: Method | null;
  totalAmount: number;
  balanceAmount: number;
  /** The tax-free part of the balance: it shrinks with it. */
  taxFreeAmount: number;
  taxExemptionAmount: number;
  requestedAt: number;
  authenticatedAt: number | null;
  approvedAt: number | null;
  lastTransactionKey: string | null;
  /** How often money was taken; above one means a double charge, save for a repeated deposit. */
  approvals: number;
  cancels: Cancellation[];
  customerKey: string | null;
  customerName: string | null;
  cultureExpense: boolean;
  metadata: Record<string, string> | null;
  successUrl: string | null;
  failUrl: string | null;
  /** Set when the buyer's bank will refuse at confirmation. */
  declineCode: string | null;
  failure: { code: string; message: string } | null;
  secret: string | null;
  virtualAccount: VirtualAccount | null;
  refundAccount: RefundAccount | null;
};

/** One approval or one cancel: a row of `/v1/transactions`. */
export type Movement = {
  transactionKey: string;
  paymentKey: string;
  at: number;
  status: PaymentStatus;
  amount: number;
};

/** A payment's next state, and the money which moved to get there. */
export type Change = { payment: Payment; movement?: Movement; depositTakenBack?: boolean };

export function newTransactionKey(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

/** The order is used up: no other payment may be approved for it. */
export function isProcessed(payment: Payment): boolean {
  switch (payment.status) {
    case 'DONE':
    case 'CANCELED':
    case 'PARTIAL_CANCELED':
    case 'WAITING_FOR_DEPOSIT':
      return true;
    case 'READY':
    case 'IN_PROGRESS':
    case 'ABORTED':
    case 'EXPIRED':
      return false;
  }
}

/** When the payment expires by itself; undefined for one that waits for nobody. */
export function deadlineOf(payment: Payment): number | undefined {
  switch (payment.status) {
    case 'READY':
      return payment.requestedAt + readyWindowMs;
    case 'IN_PROGRESS':
      return (payment.authenticatedAt ?? payment.requestedAt) + confirmWindowMs;
    case 'WAITING_FOR_DEPOSIT':
      return payment.virtualAccount?.dueAt;
    case 'DONE':
    case 'CANCELED':
    case 'PARTIAL_CANCELED':
    case 'ABORTED':
    case 'EXPIRED':
      return undefined;
  }
}

export function expire(payment: Payment): Change {
  const failure = { code: 'EXPIRED_PAYMENT', message: '결제가 만료되었습니다. 다시 시도해주세요.' };
  return { payment: { ...payment, status: 'EXPIRED', failure } };
}

/** Money arrives: the approval of a card payment, or the deposit into a virtual account. */
export function approve(payment: Payment, now: number): Change {
  const transactionKey = newTransactionKey();
  return {
    payment: {
      ...payment,
      status: 'DONE',
      approvedAt: now,
      lastTransactionKey: transactionKey,
      approvals: payment.approvals + 1,
      declineCode: null,
    },
    movement: {
      transactionKey,
      paymentKey: payment.paymentKey,
      at: now,
      status: 'DONE',
      amount: payment.totalAmount,
    },
  };
}
