import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallInput, type CallResult, callRoute } from '@urr/contracts/call-route.ts';
import * as contract from '@urr/contracts/payment.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import pg from 'pg';
import { createSimulator } from '../../../../tools/simulator/app.ts';
import { loadConfig } from '../../../../tools/simulator/config.ts';
import { createPaymentService } from '../app.ts';
import { migrationsFolder, readPaymentConfig } from '../config.ts';
import type { Deps } from '../deps.ts';
import { startPayment } from '../payments/start-payment.ts';
import { startFakeTicketService } from './fake-ticket-service.ts';

export const clientKey = 'test_gck_stage';
export const secretKey = 'test_gsk_stage';
const jwtSecret = Buffer.alloc(32, 5).toString('base64');
const internalToken = 'i'.repeat(32);

/** Everything around one payment-service: its database, the provider, ticket-service, a buyer. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Environment in which healing takes a fraction of a second. */
export const fast = {
  RECONCILE_INTERVAL_MS: '20',
  RECONCILE_AFTER_MS: '60',
  RECONCILE_BACKOFF_MAX_MS: '100',
  RECONCILE_LEASE_MS: '600',
  TOSS_READ_TIMEOUT_MS: '1500',
  TOSS_CONNECT_TIMEOUT_MS: '500',
  TICKET_CALL_DEADLINE_MS: '1000',
  CONFIRM_ANSWER_DEADLINE_MS: '1000',
};

export async function openStage(extra: Record<string, string> = {}) {
  const database = await createTestDatabase({ migrations: migrationsFolder });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  const tickets = await startFakeTicketService(new Secret(internalToken));
  const provider = await startProvider();
  const environment = {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    JWT_SECRET: jwtSecret,
    INTERNAL_API_TOKEN: internalToken,
    PAYMENT_DB_URL: database.url,
    PAYMENT_DB_POOL_SIZE: '8',
    TICKET_SERVICE_URL: tickets.baseUrl,
    TOSS_SECRET_KEY: secretKey,
    TOSS_CLIENT_KEY: clientKey,
    TOSS_API_BASE_URL: provider.baseUrl,
    TOSS_CHECKOUT_URL: `${provider.baseUrl}/checkout`,
    PAYMENT_RETURN_BASE_URL: 'http://localhost:3000',
    ...fast,
    ...extra,
  };
  const config = readPaymentConfig(environment);
  return {
    config,
    environment,
    tickets,
    provider,
    databaseUrl: database.url,
    query: async (text: string, values: unknown[] = []) =>
      (await pool.query<Record<string, unknown>>(text, values)).rows,
    close: async () => {
      await tickets.close();
      await provider.close();
      await pool.end();
      await database.drop();
    },
  };
}

async function startProvider() {
  const folder = await mkdtemp(path.join(tmpdir(), 'urr-provider-'));
  const keys = { SIMULATOR_CLIENT_KEY: clientKey, SIMULATOR_SECRET_KEY: secretKey };
  const app = await createSimulator(
    loadConfig({
      ...keys,
      PORT: '0',
      SIMULATOR_STATE_DIR: folder,
      LOG_LEVEL: 'silent',
      SIMULATOR_WEBHOOK_SCALE: '0',
    }),
  );
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  const send = async (method: string, route: string, body?: object): Promise<Record<string, unknown>> => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${baseUrl}/v1/simulator/${route}`, { method, ...init });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    baseUrl,
    send,
    /** The buyer's part in the payment window; answers the payment key. */
    authenticate: async (order: object, action = 'approve', more: object = {}): Promise<string> => {
      const answer = await send('POST', 'payments', {
        clientKey,
        orderName: '좌석',
        ...order,
        action,
        ...more,
      });
      return String(answer['paymentKey']);
    },
    fault: (call: string, kind: string, more: object = {}) => send('POST', 'faults', { call, kind, ...more }),
    clearFaults: () => fetch(`${baseUrl}/v1/simulator/faults`, { method: 'DELETE' }),
    clearFault: (id: unknown) => fetch(`${baseUrl}/v1/simulator/faults/${String(id)}`, { method: 'DELETE' }),
    audit: () => send('GET', 'audit'),
    paymentsOf: async (orderId: string) => {
      const { payments } = await send('GET', `payments?orderId=${orderId}`);
      return payments as { paymentKey: string; status: string; balanceAmount: number; approvals: number }[];
    },
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function tokenOf(accountId: string, role: 'fan' | 'organiser' | 'admin' = 'fan'): string {
  const time = { nowSeconds: Date.now() / 1000, lifetimeSeconds: 600, tokenId: randomUUID() };
  return signAccessToken({ accountId, role, sessionId: 's' }, time, signingKey(new Secret(jwtSecret)));
}

/** A running payment-service on the stage; events go to the fake ticket-service too. */
export async function startService(stage: Stage) {
  const bus = createInProcessBus();
  bus.subscribe({
    consumer: 'ticket-service',
    topic: 'payment-events',
    handle: async (envelope) => stage.tickets.digest(envelope),
    deadLetters: { bury: async () => undefined, replayRequested: async () => 0 },
  });
  const service = createPaymentService(stage.config, { bus });
  const baseUrl = await service.app.listen({ host: '127.0.0.1', port: 0 });
  await service.start();
  const call: Call = (route, accountId, input, headers = {}) =>
    callRoute(route, input, {
      baseUrl,
      headers: { authorization: `Bearer ${tokenOf(accountId)}`, ...headers },
    });
  return {
    app: service.app,
    baseUrl,
    bus,
    call,
    buyer: (accountId: string = randomUUID()) => createBuyer(stage, call, accountId),
    close: async () => {
      await service.app.close();
      await service.stop();
    },
  };
}

export type RunningService = Awaited<ReturnType<typeof startService>>;
type Call = <Contract extends RouteContract>(
  route: Contract,
  accountId: string,
  input: CallInput<Contract>,
  headers?: Record<string, string>,
) => Promise<CallResult<Contract>>;

/** A buyer who does what the pages would do. */
function createBuyer(stage: Stage, call: Call, accountId: string) {
  const start = async (reservationId: string) => {
    const opened = await call(contract.startPayment, accountId, { body: { reservationId } });
    if (!opened.ok) throw new Error(`start: ${opened.problem.code}`);
    return opened.body;
  };
  return {
    accountId,
    start,
    reserve: (prices = [50_000, 30_000]) => stage.tickets.reserve(accountId, prices),
    /** From a reservation to an authenticated payment, ready to be confirmed. */
    authenticate: async (reservationId: string, action?: string, more?: object) => {
      const opened = await start(reservationId);
      const { orderId, amount, paymentId } = opened;
      const paymentKey = await stage.provider.authenticate({ orderId, amount }, action, more);
      return { paymentId, order: { paymentKey, orderId, amount } };
    },
    confirm: (order: { paymentKey: string; orderId: string; amount: number }) =>
      call(contract.confirmPayment, accountId, { body: order }),
    read: async (paymentId: string) => {
      const read = await call(contract.readPayment, accountId, { params: { paymentId } });
      if (!read.ok) throw new Error(`read: ${read.problem.code}`);
      return read.body;
    },
    refund: (paymentId: string, ticketIds?: string[]) =>
      call(contract.requestRefund, accountId, {
        params: { paymentId },
        body: ticketIds === undefined ? {} : { ticketIds },
      }),
  };
}

/** A buyer back from the payment window. */
export interface Order {
  readonly accountId: string;
  readonly reservationId: string;
  readonly paymentId: string;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

type Held = Pick<Order, 'accountId' | 'reservationId'>;

/** From a reservation, of 80,000 won unless one is given, to an authenticated payment, by the use-case itself. */
export async function openOrder(
  stage: Stage,
  deps: Deps,
  action = 'approve',
  { accountId, reservationId }: Held = hold(stage),
): Promise<Order> {
  const command = { accountId, reservationId, acceptEqualSeats: false, language: 'ko' as const };
  const { orderId, amount, paymentId } = await startPayment(deps, command);
  const paymentKey = await stage.provider.authenticate({ orderId, amount }, action);
  return { accountId, reservationId, paymentId, paymentKey, orderId, amount };
}

function hold(stage: Stage): Held {
  const accountId = randomUUID();
  return { accountId, reservationId: stage.tickets.reserve(accountId, [50_000, 30_000]) };
}

export async function until<Value>(
  read: () => Promise<Value>,
  isReached: (value: Value) => boolean,
  timeoutMs = 8_000,
): Promise<Value> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isReached(value)) return value;
    if (performance.now() > deadline) throw new Error(`not reached; last seen ${JSON.stringify(value)}`);
    await sleep(15);
  }
}
