import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSimulator } from './app.ts';
import { loadConfig } from './config.ts';

export const clientKey = 'test_gck_docs_widget';
export const secretKey = 'test_gsk_docs_widget';
export const apiClientKey = 'test_ck_docs_api';
export const apiSecretKey = 'test_sk_docs_api';
export const liveClientKey = 'live_gck_docs_widget';
export const liveSecretKey = 'live_gsk_docs_widget';

export const keyEnvironment = {
  SIMULATOR_CLIENT_KEY: `${clientKey},${apiClientKey},${liveClientKey}`,
  SIMULATOR_SECRET_KEY: `${secretKey},${apiSecretKey},${liveSecretKey}`,
  LOG_LEVEL: 'error',
};

export type Json = Record<string, unknown>;
type Answer = { status: number; body: Json; headers: Headers };
type CallOptions = { headers?: Record<string, string>; secret?: string; signal?: AbortSignal };

export function basic(secret: string): string {
  return `Basic ${Buffer.from(`${secret}:`).toString('base64')}`;
}

/** A shop's view of the provider. */
export type Shop = ReturnType<typeof createShop>;

export function createShop(baseUrl: string) {
  const call = async (
    method: string,
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<Answer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: basic(options.secret ?? secretKey),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(options.signal && { signal: options.signal }),
      redirect: 'manual',
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  };
  const get = (path: string, options?: CallOptions) => call('GET', path, undefined, options);
  const post = (path: string, body: unknown, options?: CallOptions) => call('POST', path, body, options);
  return {
    baseUrl,
    call,
    get,
    post,
    /** The buyer's part: a payment, by default authenticated and ready to be confirmed. */
    buy: async (fields: Json = {}): Promise<{ paymentKey: string; orderId: string; amount: number }> => {
      const request = {
        clientKey,
        orderId: newOrderId(),
        amount: 15000,
        orderName: 'S석 2매',
        action: 'approve',
      };
      const { status, body } = await post('/v1/simulator/payments', { ...request, ...fields });
      assert.equal(status, 201, JSON.stringify(body));
      return {
        paymentKey: textOf(body, 'paymentKey'),
        orderId: textOf(body, 'orderId'),
        amount: Number(body['amount']),
      };
    },
    confirm: (payment: object | string, options?: CallOptions) =>
      post('/v1/payments/confirm', payment, options),
    cancel: (paymentKey: string, fields: Json = {}, options?: CallOptions) =>
      post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 요청', ...fields }, options),
    fault: async (rule: Json): Promise<void> => {
      const { status, body } = await post('/v1/simulator/faults', rule);
      assert.equal(status, 201, JSON.stringify(body));
    },
    advance: (advanceMs: number) => post('/v1/simulator/clock', { advanceMs }),
  };
}

let orders = 0;
export function newOrderId(): string {
  orders += 1;
  return `order-${process.pid}-${orders}`;
}

export function textOf(body: Json, field: string): string {
  const value = body[field];
  assert.equal(typeof value, 'string', `${field} of ${JSON.stringify(body)}`);
  return String(value);
}

export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function startSimulator(
  context: TestContext,
  environment: NodeJS.ProcessEnv = {},
): Promise<Shop> {
  const folder = environment['SIMULATOR_STATE_DIR'] ?? (await temporaryFolder(context));
  const config = loadConfig({ ...keyEnvironment, PORT: '0', SIMULATOR_STATE_DIR: folder, ...environment });
  const app = await createSimulator(config);
  context.after(() => app.close());
  return createShop(await app.listen({ host: '127.0.0.1', port: 0 }));
}

type Post = { headers: IncomingHttpHeaders; body: Json; at: number };

/** A shop's webhook address, which answers with the statuses given, then with 200. */
export async function startReceiver(context: TestContext, ...statuses: number[]) {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()),
        at: Date.now(),
      });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}/webhooks/toss`, posts };
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await sleep(10);
  }
}
