import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { approve, type Change, type Payment } from './payment.ts';
import { errorRow, ProviderError } from './provider-error.ts';
import { bankCodeOf, defaultValidHours, hourMs, issueAccount } from './virtual-account.ts';

const ConfirmBody = Type.Object({
  paymentKey: Type.String({ minLength: 1, maxLength: 200 }),
  orderId: Type.String({ minLength: 6, maxLength: 64 }),
  amount: Type.Number({ minimum: 1 }),
});
type ConfirmRequest = Static<typeof ConfirmBody>;
const confirmBody = Compile(ConfirmBody);

export function parseConfirm(body: unknown): ConfirmRequest {
  if (!confirmBody.Check(body)) throw new ProviderError('INVALID_REQUEST');
  return body;
}

type ConfirmContext = { clientKey: string; now: number; orderIsTaken: boolean };
type ConfirmResult = { kind: 'confirmed' | 'declined'; change: Change };

/** Takes the money of an authenticated payment. Throws a ProviderError when nothing may change. */
export function confirmPayment(
  payment: Payment | undefined,
  request: ConfirmRequest,
  context: ConfirmContext,
): ConfirmResult {
  const open = refuseUnlessConfirmable(payment, request, context);
  if (open.declineCode !== null) return { kind: 'declined', change: decline(open, open.declineCode) };
  if (open.method === 'VIRTUAL_ACCOUNT')
    return { kind: 'confirmed', change: awaitDeposit(open, context.now) };
  return { kind: 'confirmed', change: approve(open, context.now) };
}

export function decline(payment: Payment, code: string): Change {
  const failure = { code, message: errorRow(code)[1] };
  return { payment: { ...payment, status: 'ABORTED', declineCode: null, failure } };
}

function refuseUnlessConfirmable(
  payment: Payment | undefined,
  request: ConfirmRequest,
  context: ConfirmContext,
): Payment {
  if (payment === undefined) throw new ProviderError('NOT_FOUND_PAYMENT_SESSION');
  // "The API key or the order id differs from those of the first request": one refusal for both.
  if (payment.clientKey !== context.clientKey) throw new ProviderError('FORBIDDEN_REQUEST');
  if (payment.orderId !== request.orderId) throw new ProviderError('FORBIDDEN_REQUEST');
  refuseUnlessInProgress(payment);
  if (payment.totalAmount !== request.amount) {
    throw new ProviderError('INVALID_REQUEST', '결제 요청 금액과 승인 금액이 다릅니다');
  }
  if (payment.totalAmount < minimumAmount(payment)) throw new ProviderError('BELOW_MINIMUM_AMOUNT');
  if (context.orderIsTaken) throw new ProviderError('DUPLICATED_ORDER_ID');
  return payment;
}

function refuseUnlessInProgress(payment: Payment): void {
  switch (payment.status) {
    case 'IN_PROGRESS':
      return;
    case 'READY':
    case 'ABORTED':
    case 'EXPIRED':
      throw new ProviderError('NOT_FOUND_PAYMENT_SESSION');
    case 'DONE':
    case 'CANCELED':
    case 'PARTIAL_CANCELED':
    case 'WAITING_FOR_DEPOSIT':
      throw new ProviderError('ALREADY_PROCESSED_PAYMENT');
  }
}

function minimumAmount(payment: Payment): number {
  return payment.method === 'TRANSFER' || payment.method === 'VIRTUAL_ACCOUNT' ? 200 : 100;
}

function awaitDeposit(payment: Payment, now: number): Change {
  return issueAccount(payment, {
    bankCode: bankCodeOf('신한'),
    customerName: payment.customerName ?? '토스 고객',
    dueAt: now + defaultValidHours * hourMs,
  });
}
