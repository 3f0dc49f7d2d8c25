import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorConfig } from './config.ts';
import type { Call, FaultRule, Faults } from './faults.ts';
import { identityOf } from './idempotency.ts';
import { authenticate, type KeyPair } from './key-pairs.ts';
import type { Ledger, StoredAnswer } from './ledger.ts';
import type { Change, Payment } from './payment.ts';
import { renderPayment } from './payment-view.ts';
import {
  errorBody,
  errorRow,
  isStoredError,
  type Language,
  languageOf,
  ProviderError,
} from './provider-error.ts';
import type { Silences } from './silences.ts';

export type Decision =
  | { kind: 'payment'; payment: Payment; change?: Change }
  | { kind: 'refusal'; code: string; detail?: string | undefined; change?: Change }
  | { kind: 'list'; rows: unknown[] };

type ProviderCall = {
  call: Call;
  /** Which order the call is about, for faults aimed at one. */
  orderId: string | undefined;
  decide: (pair: KeyPair, now: number) => Decision;
};

export type ProviderDeps = {
  config: Pick<SimulatorConfig, 'keyPairs' | 'publicUrl' | 'slowMs'>;
  ledger: Ledger;
  faults: Faults;
  silences: Silences;
};

export type AnswerCall = (
  request: FastifyRequest,
  reply: FastifyReply,
  call: ProviderCall,
) => Promise<FastifyReply>;

type Performance = {
  request: FastifyRequest;
  reply: FastifyReply;
  call: ProviderCall;
  pair: KeyPair;
  identity: string | undefined;
};

/** Every call of the provider's API goes this way: key, idempotency, fault, decision, commit, answer. */
export function createAnswerCall(deps: ProviderDeps): AnswerCall {
  return async (request, reply, call) => {
    const pair = authenticate(deps.config.keyPairs, request.headers.authorization);
    const identity = identityOfRequest(request, pair);
    if (identity === undefined) return perform(deps, { request, reply, call, pair, identity });
    const { answers, clock } = deps.ledger;
    const offset = answers.find(identity, clock.now());
    if (offset !== undefined) return replay(deps, reply, identity, offset);
    answers.begin(identity);
    try {
      return await perform(deps, { request, reply, call, pair, identity });
    } finally {
      answers.end(identity);
    }
  };
}

function identityOfRequest(request: FastifyRequest, pair: KeyPair): string | undefined {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string' || key === '') return undefined;
  return identityOf({ key, secretKey: pair.secretKey, url: request.url, method: request.method });
}

async function replay(
  deps: ProviderDeps,
  reply: FastifyReply,
  identity: string,
  offset: number,
): Promise<FastifyReply> {
  const { answer, payment, at } = await deps.ledger.commitAt(offset);
  if (answer?.identity !== identity) throw new Error(`The journal at byte ${offset} holds another answer`);
  if (answer.body !== undefined) return send(reply, answer.status, answer.body);
  if (payment === undefined) throw new Error(`The journal at byte ${offset} holds no payment`);
  return send(reply, answer.status, JSON.stringify(renderPayment(payment, at, deps.config.publicUrl)));
}

async function perform(deps: ProviderDeps, performance: Performance): Promise<FastifyReply> {
  const { call, reply } = performance;
  const fault = deps.faults.take({ call: call.call, orderId: call.orderId });
  if (fault?.kind === 'rate-limited') throw new ProviderError('TOO_MANY_REQUESTS');
  if (fault?.kind === 'consecutive-request') throw new ProviderError('FORBIDDEN_CONSECUTIVE_REQUEST');
  if (fault?.kind === 'slow') await deps.silences.pause(fault.delayMs ?? deps.config.slowMs);
  if (fault?.kind === 'reset-before-commit') return deps.silences.reset(reply);
  const decision = fault?.kind === 'error-before-commit' ? faultRefusal(fault) : decide(deps, performance);
  const shown = fault?.kind === 'error-after-commit' ? faultRefusal(fault) : decision;
  const change = decision.kind === 'list' ? undefined : decision.change;
  const body = commit(deps, performance, change, shown);
  await deps.ledger.durable();
  if (fault?.kind === 'approve-then-timeout') return deps.silences.keepSilent(reply);
  if (fault?.kind === 'reset-after-commit') return deps.silences.reset(reply);
  return send(reply, statusOf(shown), body);
}

function decide(deps: ProviderDeps, { call, pair, request }: Performance): Decision {
  const testCode = request.headers['tosspayments-test-code'];
  try {
    if (typeof testCode === 'string' && pair.mode === 'test') return testRefusal(testCode);
    deps.ledger.expireDue();
    return call.decide(pair, deps.ledger.clock.now());
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { kind: 'refusal', code: error.code, detail: error.detail };
  }
}

function testRefusal(code: string): Decision {
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(code))
    throw new ProviderError('INVALID_REQUEST', 'TossPayments-Test-Code');
  return { kind: 'refusal', code };
}

function faultRefusal(fault: FaultRule): Decision {
  return { kind: 'refusal', code: fault.code ?? 'FAILED_INTERNAL_SYSTEM_PROCESSING' };
}

/** Writes change and answer in one line: after a crash the shop sees both or neither. */
function commit(
  deps: ProviderDeps,
  performance: Performance,
  change: Change | undefined,
  shown: Decision,
): string {
  const { identity, request } = performance;
  const language = languageOf(request.headers['accept-language']);
  const answer = identity === undefined ? undefined : answerToStore(identity, shown, language);
  const { ledger } = deps;
  const at =
    change === undefined && answer === undefined ? ledger.clock.now() : ledger.record({ change, answer });
  if (shown.kind === 'refusal') return errorBody(shown.code, language, shown.detail);
  if (shown.kind === 'list') return JSON.stringify(shown.rows);
  return JSON.stringify(renderPayment(shown.payment, at, deps.config.publicUrl));
}

function answerToStore(identity: string, shown: Decision, language: Language): StoredAnswer | undefined {
  if (shown.kind === 'payment') return { identity, status: 200 };
  if (shown.kind === 'list' || !isStoredError(shown.code)) return undefined;
  return { identity, status: statusOf(shown), body: errorBody(shown.code, language, shown.detail) };
}

function statusOf(decision: Decision): number {
  return decision.kind === 'refusal' ? errorRow(decision.code)[0] : 200;
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).type('application/json;charset=UTF-8').send(body);
}
