import type { Secret } from '@urr/platform/secret.ts';
import { Agent, type Dispatcher, request } from 'undici';
import type { CancelCall, ConfirmCall, Provider, ProviderAnswer } from './provider.ts';
import { tossError, tossPayment, type TossTransaction, tossTransactions } from './toss-payment.ts';

/** How the provider is reached. Milliseconds. */
export interface TossClientOptions {
  readonly baseUrl: string;
  readonly secretKey: Secret;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly maxConnections: number;
  /** Told how long each call took, in seconds, and how it ended. */
  readonly observe: (call: string, outcome: ProviderAnswer['kind'], seconds: number) => void;
}

interface Call {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

type RawAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly json: unknown }
  | { readonly kind: 'no-answer'; readonly reason: string };

const maxAnswerBytes = 16 * 1024 * 1024;
const transactionsPerPage = 1_000;

/** Adapter: Toss Payments core API 2022-11-16. It retries nothing: a repeat is the caller's decision, on disk first. */
export function createTossClient(options: TossClientOptions): Provider {
  const agent = new Agent({
    connections: options.maxConnections,
    connect: { timeout: options.connectTimeoutMs },
    headersTimeout: options.readTimeoutMs,
    bodyTimeout: options.readTimeoutMs,
    maxResponseSize: maxAnswerBytes,
    pipelining: 1,
  });
  // The colon after the key is part of the format.
  const authorization = `Basic ${Buffer.from(`${options.secretKey.reveal()}:`, 'utf8').toString('base64')}`;
  const send = (call: Call) => sendCall(agent, options, authorization, call);
  const ask = async (call: Call): Promise<ProviderAnswer> => {
    const startedAt = performance.now();
    const answer = paymentAnswer(await send(call));
    options.observe(call.name, answer.kind, (performance.now() - startedAt) / 1000);
    return answer;
  };
  return {
    confirm: (call) => ask(confirmRequest(call)),
    cancel: (call) => ask(cancelRequest(call)),
    findByOrder: (orderId) =>
      ask({ name: 'find', method: 'GET', path: `/v1/payments/orders/${encodeURIComponent(orderId)}` }),
    findByKey: (paymentKey) =>
      ask({ name: 'find', method: 'GET', path: `/v1/payments/${encodeURIComponent(paymentKey)}` }),
    transactions: (startDate, endDate) => pageTransactions(send, startDate, endDate),
    close: () => agent.close(),
  };
}

function confirmRequest(call: ConfirmCall): Call {
  const { paymentKey, orderId, amount, idempotencyKey } = call;
  return {
    name: 'confirm',
    method: 'POST',
    path: '/v1/payments/confirm',
    body: { paymentKey, orderId, amount },
    idempotencyKey,
  };
}

function cancelRequest(call: CancelCall): Call {
  return {
    name: 'cancel',
    method: 'POST',
    path: `/v1/payments/${encodeURIComponent(call.paymentKey)}/cancel`,
    body: {
      cancelReason: call.reason,
      ...(call.amount === undefined ? {} : { cancelAmount: call.amount }),
      ...(call.balanceBefore === undefined ? {} : { refundableAmount: call.balanceBefore }),
    },
    idempotencyKey: call.idempotencyKey,
  };
}

async function sendCall(
  agent: Dispatcher,
  options: TossClientOptions,
  authorization: string,
  call: Call,
): Promise<RawAnswer> {
  try {
    const response = await request(options.baseUrl + call.path, {
      method: call.method,
      dispatcher: agent,
      headers: {
        authorization,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // The whole call, however slowly its parts drip in.
      signal: AbortSignal.timeout(options.connectTimeoutMs + options.readTimeoutMs),
    });
    return { kind: 'json', status: response.statusCode, json: JSON.parse(await response.body.text()) };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: 'no-answer', reason };
  }
}

function paymentAnswer(answer: RawAnswer): ProviderAnswer {
  if (answer.kind === 'no-answer') return answer;
  const { status, json } = answer;
  if (status === 200 && tossPayment.Check(json)) return { kind: 'payment', payment: json };
  if (status !== 200 && tossError.Check(json)) {
    return { kind: 'refused', code: json.code, message: json.message, status };
  }
  return { kind: 'no-answer', reason: `status ${status} with a body of an unknown shape` };
}

async function* pageTransactions(
  send: (call: Call) => Promise<RawAnswer>,
  startDate: string,
  endDate: string,
): AsyncGenerator<readonly TossTransaction[]> {
  let startingAfter: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ startDate, endDate, limit: String(transactionsPerPage) });
    if (startingAfter !== undefined) query.set('startingAfter', startingAfter);
    const page = await send({
      name: 'transactions',
      method: 'GET',
      path: `/v1/transactions?${query.toString()}`,
    });
    if (page.kind === 'no-answer') throw new Error(`transactions: ${page.reason}`);
    if (page.status !== 200 || !tossTransactions.Check(page.json)) {
      throw new Error(`transactions: status ${page.status}`);
    }
    yield page.json;
    startingAfter = page.json.at(-1)?.transactionKey;
    if (page.json.length < transactionsPerPage) return;
  }
}
