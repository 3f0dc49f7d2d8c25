import { randomBytes } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { toKst } from './clock.ts';
import type { KeyPair } from './key-pairs.ts';
import { methods, type Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';
import { bankCodeOf } from './virtual-account.ts';

const maxAmountKrw = 10_000_000_000;

const Url = Type.String({ maxLength: 2048, pattern: '^https?://[^\\s]+$' });

/** What a shop hands to the payment window; limits are those of the browser SDK 2.8. */
export const openingFields = {
  orderId: Type.String({ pattern: '^[A-Za-z0-9_=-]{6,64}$' }),
  amount: Type.Integer({ minimum: 1, maximum: maxAmountKrw }),
  orderName: Type.String({ minLength: 1, maxLength: 100 }),
  method: Type.Optional(Type.Enum([...methods])),
  customerKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_=.@-]{2,50}$' })),
  customerName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  successUrl: Type.Optional(Url),
  failUrl: Type.Optional(Url),
  taxFreeAmount: Type.Optional(Type.Integer({ minimum: 0, maximum: maxAmountKrw })),
  taxExemptionAmount: Type.Optional(Type.Integer({ minimum: 0, maximum: maxAmountKrw })),
  cultureExpense: Type.Optional(Type.Boolean()),
  metadata: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 }))),
  refundReceiveAccount: Type.Optional(
    Type.Object({
      bank: Type.String(),
      accountNumber: Type.String({ pattern: '^[0-9]{1,20}$' }),
      holderName: Type.String({ minLength: 1, maxLength: 60 }),
    }),
  ),
};

const WindowQuery = Type.Object({
  ...openingFields,
  clientKey: Type.String(),
  successUrl: Url,
  failUrl: Url,
});
const windowQuery = Compile(WindowQuery);

const OpeningRequest = Type.Object(openingFields);
export type OpeningRequest = Static<typeof OpeningRequest>;

/** The query of the hosted page, whose values arrive as text. */
export function parseWindowQuery(query: unknown): Static<typeof WindowQuery> {
  if (typeof query !== 'object' || query === null) throw new ProviderError('INVALID_REQUEST');
  const fields: Record<string, unknown> = { ...query };
  for (const name of ['amount', 'taxFreeAmount', 'taxExemptionAmount']) {
    if (fields[name] !== undefined && fields[name] !== '') fields[name] = Number(fields[name]);
  }
  if (fields['cultureExpense'] !== undefined) fields['cultureExpense'] = fields['cultureExpense'] === 'true';
  for (const [name, value] of Object.entries(fields)) if (value === '') delete fields[name];
  if (!windowQuery.Check(fields)) {
    throw new ProviderError('INVALID_REQUEST', firstFault(windowQuery.Errors(fields)));
  }
  return fields;
}

export function firstFault(errors: { instancePath: string; message: string }[]): string {
  const fault = errors[0];
  return fault === undefined ? '' : `${fault.instancePath.slice(1)} ${fault.message}`.trim();
}

export function openPayment(pair: KeyPair, request: OpeningRequest, now: number): Payment {
  refuseUnlessConsistent(request);
  const refund = request.refundReceiveAccount;
  return {
    paymentKey: newPaymentKey(pair, now),
    clientKey: pair.clientKey,
    merchantId: pair.merchantId,
    orderId: request.orderId,
    orderName: request.orderName,
    status: 'READY',
    method: null,
    totalAmount: request.amount,
    balanceAmount: request.amount,
    taxFreeAmount: request.taxFreeAmount ?? 0,
    taxExemptionAmount: request.taxExemptionAmount ?? 0,
    requestedAt: now,
    authenticatedAt: null,
    approvedAt: null,
    lastTransactionKey: null,
    approvals: 0,
    cancels: [],
    customerKey: request.customerKey ?? null,
    customerName: request.customerName ?? null,
    cultureExpense: request.cultureExpense ?? false,
    metadata: request.metadata ?? null,
    successUrl: request.successUrl ?? null,
    failUrl: request.failUrl ?? null,
    declineCode: null,
    failure: null,
    secret: null,
    virtualAccount: null,
    refundAccount: refund === undefined ? null : { ...refund, bank: bankCodeOf(refund.bank) },
  };
}

function refuseUnlessConsistent(request: OpeningRequest): void {
  if ((request.taxFreeAmount ?? 0) + (request.taxExemptionAmount ?? 0) > request.amount) {
    throw new ProviderError('INVALID_REQUEST', 'taxFreeAmount');
  }
  if (Object.keys(request.metadata ?? {}).length > 5) throw new ProviderError('INVALID_REQUEST', 'metadata');
  for (const url of [request.successUrl, request.failUrl]) {
    if (url !== undefined && !URL.canParse(url))
      throw new ProviderError('INVALID_REQUEST', 'successUrl, failUrl');
  }
}

function newPaymentKey(pair: KeyPair, now: number): string {
  const moment = toKst(now).replace(/\D/g, '').slice(0, 14);
  return `${pair.merchantId.slice(0, 5)}${moment}${randomBytes(10).toString('hex')}`;
}
