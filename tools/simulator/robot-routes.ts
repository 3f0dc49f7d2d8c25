import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type BuyerChoice, buyerActions } from './buyer.ts';
import { pairOfClientKey } from './key-pairs.ts';
import { firstFault, openingFields } from './opening.ts';
import type { Payment } from './payment.ts';
import { chooseInWindow, openWindow, type WindowDeps } from './payment-window.ts';
import { ProviderError } from './provider-error.ts';
import { readJson } from './request-body.ts';

const choiceFields = {
  action: Type.Enum([...buyerActions]),
  method: openingFields.method,
  /** Which refusal a decline gives. */
  code: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,63}$' })),
};
const buyBody = Compile(Type.Object({ ...openingFields, ...choiceFields, clientKey: Type.String() }));
const chooseBody = Compile(Type.Object(choiceFields));

/** The payment window for callers without a browser. */
export function addRobotRoutes(app: FastifyInstance, deps: WindowDeps): void {
  app.post('/v1/simulator/payments', (request, reply) => {
    const body = readJson(request);
    if (!buyBody.Check(body)) throw new ProviderError('INVALID_REQUEST', firstFault(buyBody.Errors(body)));
    const { action, clientKey, code, method, ...opening } = body;
    const payment = openWindow(deps, pairOfClientKey(deps.config.keyPairs, clientKey), opening);
    const choice: BuyerChoice = { action, ...(method && { method }), ...(code && { code }) };
    return reply.code(201).send(outcomeOf(chooseInWindow(deps, payment.paymentKey, choice)));
  });
  app.post<{ Params: { paymentKey: string } }>('/v1/simulator/payments/:paymentKey', (request) => {
    const body = readJson(request);
    if (!chooseBody.Check(body))
      throw new ProviderError('INVALID_REQUEST', firstFault(chooseBody.Errors(body)));
    return outcomeOf(chooseInWindow(deps, request.params.paymentKey, body));
  });
}

function outcomeOf({
  payment,
  redirectUrl,
}: {
  payment: Payment;
  redirectUrl: string | null;
}): Record<string, unknown> {
  const { failure, orderId, paymentKey, status, totalAmount } = payment;
  return { paymentKey, orderId, amount: totalAmount, status, redirectUrl, failure };
}
