import { randomUUID } from 'node:crypto';
import { register } from '@urr/contracts/auth.ts';
import { callRoute, type CallInput } from '@urr/contracts/call-route.ts';
import { confirmPayment, startPayment } from '@urr/contracts/payment.ts';
import { enterSale, joinLine } from '@urr/contracts/queue.ts';
import type { AnswerOf, RouteContract } from '@urr/contracts/route-contract.ts';
import { reserveSeats } from '@urr/contracts/ticket.ts';
import type { Sale } from './sales.ts';
import type { StageAddress } from './open-stage.ts';
import { type Credentials, newCredentials } from './visitor.ts';

/** An account that is used without a browser: to be there first, or to have tickets already. */
export interface AccountAtApi {
  readonly credentials: Credentials;
  /** Joins the line. */
  join(sale: Sale): Promise<void>;
  /** Goes in; the line must have come to this account. */
  enter(sale: Sale): Promise<void>;
  /** Holds seats and answers the reservation. */
  hold(sale: Sale, seatIds: readonly number[]): Promise<string>;
  /** Pays for a reservation and answers the payment with its tickets. */
  pay(reservationId: string): Promise<PaidAtApi>;
}

/** A payment that was made without a browser. */
interface PaidAtApi {
  /** Path and query that the provider's window comes back to. */
  readonly successPath: `/${string}`;
  readonly ticketIds: readonly string[];
}

/** A payment whose window was passed. */
export interface OpenedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly paymentKey: string;
  readonly amount: number;
}

/** Makes an account at the API. */
export async function newAccountAtApi(stage: StageAddress): Promise<AccountAtApi> {
  const credentials = newCredentials();
  const { accessToken } = await ask(stage, register, { body: credentials });
  const entryTokens = new Map<string, string>();
  const asMe = { authorization: `Bearer ${accessToken}` };
  return {
    credentials,
    join: async ({ eventId }) => void (await ask(stage, joinLine, { params: { eventId }, body: null }, asMe)),
    enter: async ({ eventId }) => {
      const { entryToken } = await ask(stage, enterSale, { params: { eventId } }, asMe);
      entryTokens.set(eventId, entryToken);
    },
    hold: async ({ eventId }, seatIds) => {
      const headers = { ...asMe, 'x-queue-entry-token': entryTokens.get(eventId) ?? '' };
      const body = { eventId, seatIds: [...seatIds] };
      return (await ask(stage, reserveSeats, { body }, headers)).reservationId;
    },
    pay: (reservationId) => payFor(stage, reservationId, asMe),
  };
}

async function payFor(
  stage: StageAddress,
  reservationId: string,
  asMe: Readonly<Record<string, string>>,
): Promise<PaidAtApi> {
  const { orderId, paymentKey, amount } = await openPayment(stage, reservationId, asMe);
  const outcome = await ask(stage, confirmPayment, { body: { paymentKey, orderId, amount } }, asMe);
  if (outcome.state !== 'confirmed') throw new Error(`The payment is ${outcome.state}`);
  const query = new URLSearchParams({ paymentKey, orderId, amount: String(amount) });
  return { successPath: `/payments/success?${query.toString()}`, ticketIds: outcome.ticketIds };
}

/** Opens a payment and passes the provider's window; no money is taken yet. */
export async function openPayment(
  stage: StageAddress,
  reservationId: string,
  headers: Readonly<Record<string, string>>,
): Promise<OpenedPayment> {
  const opened = await ask(stage, startPayment, { body: { reservationId } }, headers);
  const { paymentId, orderId, amount, clientKey, orderName, successUrl, failUrl } = opened;
  const answer = await fetch(`${stage.simulatorUrl}/v1/simulator/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientKey, orderId, amount, orderName, successUrl, failUrl, action: 'approve' }),
  });
  const { paymentKey } = (await answer.json()) as { paymentKey: string };
  return { paymentId, orderId, paymentKey, amount };
}

/** Asks a route of the stage; throws when it refuses. */
export async function ask<Contract extends RouteContract>(
  stage: StageAddress,
  contract: Contract,
  input: CallInput<Contract>,
  headers: Readonly<Record<string, string>> = {},
): Promise<AnswerOf<Contract>> {
  const result = await callRoute(contract, input, {
    baseUrl: stage.gatewayUrl,
    headers: { ...headers, ...(contract.idempotent === true && { 'idempotency-key': randomUUID() }) },
    deadlineMs: 30_000,
  });
  if (result.ok) return result.body as AnswerOf<Contract>;
  throw new Error(`${contract.name} was refused: ${JSON.stringify(result.problem)}`);
}
