import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { kstMonth } from './clock.ts';
import { type Cancellation, type Change, newTransactionKey, type Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';
import { bankCodeOf } from './virtual-account.ts';

const consecutiveCancelMs = 1000;
const maxCancels = 200;
const dayMs = 24 * 60 * 60 * 1000;

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Optional(Type.Union([type, Type.Null()]));

const CancelBody = Type.Object({
  cancelReason: Type.String({ minLength: 1, maxLength: 200 }),
  cancelAmount: Nullable(Type.Integer({ minimum: 1 })),
  taxFreeAmount: Nullable(Type.Integer({ minimum: 0 })),
  refundableAmount: Nullable(Type.Integer({ minimum: 0 })),
  currency: Nullable(Type.Literal('KRW')),
  refundReceiveAccount: Nullable(
    Type.Object({
      bank: Type.String(),
      accountNumber: Type.String(),
      holderName: Type.String({ minLength: 1, maxLength: 60 }),
    }),
  ),
});
type CancelRequest = Static<typeof CancelBody>;
const cancelBody = Compile(CancelBody);

export function parseCancel(body: unknown): CancelRequest {
  if (!cancelBody.Check(body)) throw new ProviderError('INVALID_REQUEST');
  return body;
}

/** Gives back all or part of what is left of a payment. Throws a ProviderError when nothing may change. */
export function cancelPayment(payment: Payment, request: CancelRequest, now: number): Change {
  refuseUnlessCancelable(payment, now);
  const amount = request.cancelAmount ?? payment.balanceAmount;
  refuseUnlessAmountFits(payment, request, amount);
  if (payment.virtualAccount !== null && payment.status !== 'WAITING_FOR_DEPOSIT')
    checkRefundAccount(request);
  const taxFreeAmount = taxFreePart(payment, request, amount);
  const cancellation: Cancellation = {
    transactionKey: newTransactionKey(),
    amount,
    taxFreeAmount,
    refundableAmount: payment.balanceAmount - amount,
    reason: request.cancelReason,
    canceledAt: now,
  };
  return withCancellation(payment, cancellation);
}

function withCancellation(payment: Payment, cancellation: Cancellation): Change {
  const { transactionKey, amount, canceledAt, refundableAmount, taxFreeAmount } = cancellation;
  const status = refundableAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED';
  const moneyMoves = payment.status !== 'WAITING_FOR_DEPOSIT';
  const account = payment.virtualAccount;
  const next: Payment = {
    ...payment,
    status,
    balanceAmount: refundableAmount,
    taxFreeAmount: payment.taxFreeAmount - taxFreeAmount,
    lastTransactionKey: transactionKey,
    cancels: [...payment.cancels, cancellation],
    virtualAccount: account === null || !moneyMoves ? account : { ...account, refundStatus: 'COMPLETED' },
  };
  if (!moneyMoves) return { payment: next };
  return {
    payment: next,
    movement: { transactionKey, paymentKey: payment.paymentKey, at: canceledAt, status, amount },
  };
}

function refuseUnlessCancelable(payment: Payment, now: number): void {
  switch (payment.status) {
    case 'CANCELED':
      throw new ProviderError('ALREADY_CANCELED_PAYMENT');
    case 'READY':
    case 'IN_PROGRESS':
    case 'ABORTED':
    case 'EXPIRED':
      throw new ProviderError('NOT_CANCELABLE_PAYMENT');
    case 'DONE':
    case 'PARTIAL_CANCELED':
    case 'WAITING_FOR_DEPOSIT':
      break;
  }
  refuseWhenTooLate(payment, now);
  const last = payment.cancels.at(-1);
  if (last !== undefined && now - last.canceledAt < consecutiveCancelMs) {
    throw new ProviderError('FORBIDDEN_CONSECUTIVE_REQUEST');
  }
  if (payment.cancels.length >= maxCancels) throw new ProviderError('EXCEED_CANCEL_LIMIT');
}

function refuseWhenTooLate(payment: Payment, now: number): void {
  if (payment.approvedAt === null) return;
  const ageMs = now - payment.approvedAt;
  if (payment.method === 'MOBILE_PHONE' && kstMonth(now) !== kstMonth(payment.approvedAt)) {
    throw new ProviderError('NOT_CANCELABLE_PAYMENT');
  }
  if (payment.method === 'TRANSFER' && ageMs > 180 * dayMs) throw new ProviderError('EXCEED_MAX_REFUND_DUE');
  if (payment.method === 'VIRTUAL_ACCOUNT' && ageMs > 365 * dayMs) {
    throw new ProviderError('EXCEED_MAX_REFUND_DUE');
  }
}

function refuseUnlessAmountFits(payment: Payment, request: CancelRequest, amount: number): void {
  const expected = request.refundableAmount ?? payment.balanceAmount;
  if (expected !== payment.balanceAmount) throw new ProviderError('NOT_MATCHES_REFUNDABLE_AMOUNT');
  if (amount > payment.balanceAmount) throw new ProviderError('NOT_CANCELABLE_AMOUNT');
  if (amount === payment.balanceAmount) return;
  if (payment.status === 'WAITING_FOR_DEPOSIT') {
    throw new ProviderError('NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
  }
  if (payment.taxExemptionAmount > 0) throw new ProviderError('NOT_ALLOWED_PARTIAL_REFUND');
}

function taxFreePart(payment: Payment, request: CancelRequest, amount: number): number {
  const taxable = payment.balanceAmount - payment.taxFreeAmount;
  const least = Math.max(0, amount - taxable);
  const asked = request.taxFreeAmount ?? least;
  if (asked < least || asked > Math.min(amount, payment.taxFreeAmount)) {
    throw new ProviderError('INVALID_REQUEST', 'taxFreeAmount');
  }
  return asked;
}

function checkRefundAccount(request: CancelRequest): void {
  const account = request.refundReceiveAccount ?? undefined;
  if (account === undefined) throw new ProviderError('INVALID_REFUND_ACCOUNT_INFO');
  bankCodeOf(account.bank);
  if (!/^\d{1,20}$/.test(account.accountNumber)) throw new ProviderError('INVALID_REFUND_ACCOUNT_NUMBER');
}
