import { uuidPattern } from '@urr/contracts/primitives.ts';

/** What the provider's page brings back by the success address. */
export interface Authenticated {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/** What it brings back by the fail address; the order may be missing when the buyer closed the window. */
export interface Failure {
  readonly paymentId: string | undefined;
  readonly orderId: string | undefined;
  readonly code: string;
  readonly message: string | undefined;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const order = /^[A-Za-z0-9_-]{6,64}$/;
const providerCode = /^[A-Z][A-Z0-9_]{0,99}$/;
const mostMessage = 500;

/** Reads a success address; undefined when it cannot be one. */
export function readAuthenticated(query: Query): Authenticated | undefined {
  const paymentKey = matching(query['paymentKey'], /^[A-Za-z0-9_-]{1,200}$/);
  const orderId = matching(query['orderId'], order);
  const amount = matching(query['amount'], /^\d{1,12}$/);
  if (paymentKey === undefined || orderId === undefined || amount === undefined) return undefined;
  return { paymentKey, orderId, amount: Number(amount) };
}

/** The payment an address of ours names. */
function readPaymentId(query: Query): string | undefined {
  return matching(query['paymentId'], uuidPattern);
}

/** Reads a fail address. What it says is the provider's or anybody's word: nothing in it is trusted. */
export function readFailure(query: Query): Failure {
  return {
    paymentId: readPaymentId(query),
    orderId: matching(query['orderId'], order),
    code: matching(query['code'], providerCode) ?? 'UNKNOWN',
    message: text(query['message']),
  };
}

function matching(value: Query[string], pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function text(value: Query[string]): string | undefined {
  const clean = typeof value === 'string' ? value.replaceAll('\u0000', '').trim().slice(0, mostMessage) : '';
  return clean === '' ? undefined : clean;
}
