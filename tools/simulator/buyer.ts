import { decline } from './confirmation.ts';
import type { Change, Method, Payment } from './payment.ts';
import { errorRow, ProviderError } from './provider-error.ts';

export const buyerActions = [
  'approve',
  'approve-by-virtual-account',
  'decline',
  'decline-at-confirm',
  'cancel',
  'close',
] as const;
export type BuyerAction = (typeof buyerActions)[number];

export type BuyerChoice = { action: BuyerAction; method?: Method; code?: string };

/** What the window does next: `change` is stored first, then the browser goes to `redirectUrl`, if any. */
type BuyerOutcome = { change?: Change; redirectUrl: string | null };

/** The buyer's part, done in the window before the shop confirms. */
export function actAsBuyer(payment: Payment, choice: BuyerChoice, now: number): BuyerOutcome {
  if (payment.status === 'IN_PROGRESS' && choice.action.startsWith('approve')) {
    return { redirectUrl: successUrl(payment) };
  }
  if (payment.status === 'EXPIRED') return { redirectUrl: failUrl(payment, 'PAY_PROCESS_ABORTED') };
  if (payment.status !== 'READY') throw new ProviderError('ALREADY_PROCESSED_PAYMENT');
  switch (choice.action) {
    case 'approve':
      return authenticated(payment, choice.method ?? 'CARD', null, now);
    case 'approve-by-virtual-account':
      return authenticated(payment, 'VIRTUAL_ACCOUNT', null, now);
    case 'decline-at-confirm':
      return authenticated(payment, choice.method ?? 'CARD', choice.code ?? 'REJECT_CARD_PAYMENT', now);
    case 'decline': {
      const code = choice.code ?? 'REJECT_CARD_COMPANY';
      return { change: decline(payment, code), redirectUrl: failUrl(payment, code) };
    }
    case 'cancel':
      return { redirectUrl: failUrl(payment, 'PAY_PROCESS_CANCELED') };
    case 'close':
      return { redirectUrl: null };
  }
}

function authenticated(
  payment: Payment,
  method: Method,
  declineCode: string | null,
  now: number,
): BuyerOutcome {
  const next: Payment = { ...payment, status: 'IN_PROGRESS', method, declineCode, authenticatedAt: now };
  return { change: { payment: next }, redirectUrl: successUrl(next) };
}

function successUrl(payment: Payment): string | null {
  if (payment.successUrl === null) return null;
  const url = new URL(payment.successUrl);
  // Only the widget family adds the payment type.
  if (payment.clientKey.includes('_gck_')) url.searchParams.set('paymentType', 'NORMAL');
  url.searchParams.set('orderId', payment.orderId);
  url.searchParams.set('paymentKey', payment.paymentKey);
  url.searchParams.set('amount', String(payment.totalAmount));
  return url.href;
}

function failUrl(payment: Payment, code: string): string | null {
  if (payment.failUrl === null) return null;
  const url = new URL(payment.failUrl);
  url.searchParams.set('code', code);
  url.searchParams.set('message', failMessages[code] ?? errorRow(code)[1]);
  url.searchParams.set('orderId', payment.orderId);
  return url.href;
}

const failMessages: Record<string, string> = {
  PAY_PROCESS_CANCELED: '사용자에 의해 결제가 취소되었습니다.',
  PAY_PROCESS_ABORTED: '결제 진행 중 승인에 실패하여 결제가 중단되었습니다.',
};
