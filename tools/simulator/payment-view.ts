import { toKst } from './clock.ts';
import { type Cancellation, type Method, type Payment, readyWindowMs } from './payment.ts';

const methodNames: Record<Method, string> = {
  CARD: '카드',
  EASY_PAY: '간편결제',
  TRANSFER: '계좌이체',
  MOBILE_PHONE: '휴대폰',
  VIRTUAL_ACCOUNT: '가상계좌',
};

export function methodName(method: Method | null): string | null {
  return method === null ? null : methodNames[method];
}

/** The Payment object of API version 2022-11-16, as seen at `at`. The same arguments give the same bytes. */
export function renderPayment(payment: Payment, at: number, publicUrl: string): Record<string, unknown> {
  return {
    mId: payment.merchantId,
    lastTransactionKey: payment.lastTransactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    orderName: payment.orderName,
    status: payment.status,
    requestedAt: toKst(payment.requestedAt),
    approvedAt: payment.approvedAt === null ? null : toKst(payment.approvedAt),
    useEscrow: false,
    cultureExpense: payment.cultureExpense,
    ...renderMethod(payment, at, publicUrl),
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: payment.cancels.length === 0 ? null : payment.cancels.map(renderCancellation),
    secret: payment.secret,
    type: 'NORMAL',
    country: 'KR',
    failure: payment.failure,
    isPartialCancelable: payment.taxExemptionAmount === 0,
    receipt: payment.approvedAt === null ? null : { url: receiptUrl(payment, publicUrl) },
    checkout: { url: `${publicUrl}/checkout/${payment.paymentKey}` },
    currency: 'KRW',
    ...renderAmounts(payment),
    method: methodName(payment.method),
    version: '2022-11-16',
    metadata: payment.metadata,
  };
}

export function receiptUrl(payment: Payment, publicUrl: string): string {
  return `${publicUrl}/checkout/receipts/${payment.paymentKey}`;
}

function renderAmounts(payment: Payment): Record<string, number> {
  const taxed = payment.balanceAmount - payment.taxFreeAmount - payment.taxExemptionAmount;
  const vat = Math.max(0, Math.round(taxed / 11));
  return {
    totalAmount: payment.totalAmount,
    balanceAmount: payment.balanceAmount,
    suppliedAmount: Math.max(0, taxed - vat),
    vat,
    taxFreeAmount: payment.taxFreeAmount,
    taxExemptionAmount: payment.taxExemptionAmount,
  };
}

function renderMethod(payment: Payment, at: number, publicUrl: string): Record<string, unknown> {
  const taken = payment.approvedAt !== null;
  const is = (method: Method): boolean => taken && payment.method === method;
  return {
    card: is('CARD') ? renderCard(payment) : null,
    virtualAccount: renderVirtualAccount(payment, at),
    transfer: is('TRANSFER') ? { bankCode: '88', settlementStatus: 'INCOMPLETED' } : null,
    mobilePhone: is('MOBILE_PHONE')
      ? {
          customerMobilePhone: '010****1234',
          settlementStatus: 'INCOMPLETED',
          receiptUrl: receiptUrl(payment, publicUrl),
        }
      : null,
    giftCertificate: null,
    easyPay: is('EASY_PAY') ? { provider: '토스페이', amount: payment.totalAmount, discountAmount: 0 } : null,
  };
}

function renderCard(payment: Payment): Record<string, unknown> {
  return {
    amount: payment.totalAmount,
    issuerCode: '61',
    acquirerCode: '31',
    number: '12345678****123*',
    installmentPlanMonths: 0,
    approveNo: '00000000',
    useCardPoint: false,
    cardType: '신용',
    ownerType: '개인',
    acquireStatus: payment.status === 'CANCELED' ? 'CANCELED' : 'READY',
    isInterestFree: false,
    interestPayer: null,
  };
}

function renderVirtualAccount(payment: Payment, at: number): Record<string, unknown> | null {
  const account = payment.virtualAccount;
  if (account === null) return null;
  // The buyer's refund account is shown only for 30 minutes after the window opened.
  const refund = at < payment.requestedAt + readyWindowMs ? payment.refundAccount : null;
  return {
    accountType: '일반',
    accountNumber: account.accountNumber,
    bankCode: account.bankCode,
    customerName: account.customerName,
    dueDate: toKst(account.dueAt),
    refundStatus: account.refundStatus,
    expired: payment.status === 'EXPIRED',
    settlementStatus: 'INCOMPLETED',
    refundReceiveAccount:
      refund === null
        ? null
        : { bankCode: refund.bank, accountNumber: refund.accountNumber, holderName: refund.holderName },
  };
}

function renderCancellation(cancellation: Cancellation): Record<string, unknown> {
  return {
    transactionKey: cancellation.transactionKey,
    cancelReason: cancellation.reason,
    taxExemptionAmount: 0,
    canceledAt: toKst(cancellation.canceledAt),
    transferDiscountAmount: 0,
    easyPayDiscountAmount: 0,
    receiptKey: null,
    cancelStatus: 'DONE',
    cancelRequestId: null,
    cancelAmount: cancellation.amount,
    taxFreeAmount: cancellation.taxFreeAmount,
    refundableAmount: cancellation.refundableAmount,
  };
}
