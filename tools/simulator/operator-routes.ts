import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { auditSummary, listForAudit, parsePageQuery } from './audit.ts';
import { toKst } from './clock.ts';
import { moveDeposit } from './deposits.ts';
import type { WindowDeps } from './payment-window.ts';
import { ProviderError } from './provider-error.ts';
import { readJson } from './request-body.ts';
import type { WebhookSender } from './webhooks.ts';

const maxAdvanceMs = 10 * 365 * 24 * 60 * 60 * 1000;
const pendingShown = 200;

type ByKey = { Params: { paymentKey: string } };
type Paged = { Querystring: Record<string, unknown> };
type Deps = WindowDeps & { webhookSender: WebhookSender };

/** What a drill or a person at the controls may do to the provider. */
export function addOperatorRoutes(app: FastifyInstance, deps: Deps): void {
  addFaultRoutes(app, deps);
  addClockRoutes(app, deps);
  addWebhookRoutes(app, deps);
  addAuditRoutes(app, deps);
  for (const action of ['deposit', 'cancel-deposit'] as const) {
    app.post<ByKey>(`/v1/simulator/virtual-accounts/:paymentKey/${action}`, (request) => {
      const { paymentKey, orderId, status } = moveDeposit(deps.ledger, request.params.paymentKey, action);
      return { paymentKey, orderId, status };
    });
  }
}

function addFaultRoutes(app: FastifyInstance, { faults }: Deps): void {
  app.get('/v1/simulator/faults', () => ({ faults: faults.list() }));
  app.post('/v1/simulator/faults', (request, reply) => reply.code(201).send(faults.add(readJson(request))));
  app.delete('/v1/simulator/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/v1/simulator/faults/:id', (request, reply) => {
    if (!faults.remove(Number(request.params.id))) throw new ProviderError('NOT_FOUND');
    return reply.code(204).send();
  });
}

const clockBody = Compile(Type.Object({ advanceMs: Type.Integer({ minimum: 0, maximum: maxAdvanceMs }) }));

function addClockRoutes(app: FastifyInstance, { ledger, webhookSender }: Deps): void {
  const reading = () => ({
    now: toKst(ledger.clock.now()),
    nowMs: ledger.clock.now(),
    offsetMs: ledger.clock.offsetMs(),
  });
  app.get('/v1/simulator/clock', reading);
  app.post('/v1/simulator/clock', (request) => {
    const body = readJson(request);
    if (!clockBody.Check(body) || ledger.clock.offsetMs() + body.advanceMs > maxAdvanceMs) {
      throw new ProviderError('INVALID_REQUEST', `advanceMs: up to ${maxAdvanceMs} in all`);
    }
    ledger.advanceClock(body.advanceMs);
    ledger.expireDue();
    webhookSender.pump();
    return reading();
  });
}

const webhookBody = Compile(
  Type.Object({
    url: Type.Optional(
      Type.Union([Type.String({ maxLength: 2048, pattern: '^https?://[^\\s]+$' }), Type.Null()]),
    ),
    paused: Type.Optional(Type.Boolean()),
  }),
);

function addWebhookRoutes(app: FastifyInstance, { ledger, webhookSender }: Deps): void {
  const reading = () => ({
    url: ledger.webhookUrl(),
    paused: webhookSender.isPaused(),
    counts: ledger.webhooks.counts(),
    pending: ledger.webhooks
      .pending(pendingShown)
      .map(({ id, attempts, dueAt }) => ({ id, attempts, dueAt: toKst(dueAt) })),
    finished: ledger.webhooks.finished(),
  });
  app.get('/v1/simulator/webhooks', reading);
  app.post('/v1/simulator/webhooks', (request) => {
    const body = readJson(request);
    if (!webhookBody.Check(body) || (typeof body.url === 'string' && !URL.canParse(body.url))) {
      throw new ProviderError('INVALID_REQUEST', 'url, paused');
    }
    if (body.url !== undefined) ledger.setWebhookUrl(body.url);
    webhookSender.pause(body.paused ?? webhookSender.isPaused());
    return reading();
  });
}

function addAuditRoutes(app: FastifyInstance, { ledger }: Deps): void {
  app.get<Paged>('/v1/simulator/payments', (request) => {
    ledger.expireDue();
    return listForAudit(ledger.book, parsePageQuery(request.query));
  });
  app.get<Paged>('/v1/simulator/transactions', (request) => {
    const { after, limit } = parsePageQuery(request.query);
    const { movements } = ledger.book;
    const transactions = movements.slice(after, after + limit).map(({ at, ...movement }) => ({
      ...movement,
      orderId: ledger.book.payment(movement.paymentKey)?.orderId,
      transactionAt: toKst(at),
    }));
    const next = after + transactions.length;
    return { transactions, total: movements.length, next: next < movements.length ? next : null };
  });
  app.get('/v1/simulator/audit', () => {
    ledger.expireDue();
    return auditSummary(ledger.book);
  });
}
