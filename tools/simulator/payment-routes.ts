import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Book } from './book.ts';
import { cancelPayment, parseCancel } from './cancellation.ts';
import { parseKst } from './clock.ts';
import { confirmPayment, parseConfirm } from './confirmation.ts';
import { firstFault, openingFields, openPayment } from './opening.ts';
import type { KeyPair } from './key-pairs.ts';
import { isProcessed, type Payment } from './payment.ts';
import type { AnswerCall, Decision, ProviderDeps } from './provider-call.ts';
import { ProviderError } from './provider-error.ts';
import { readJson, textField } from './request-body.ts';
import { refuseWhenFull } from './capacity.ts';
import { listTransactions, parseTransactionsQuery } from './transactions.ts';
import { bankCodeOf, defaultValidHours, hourMs, issueAccount } from './virtual-account.ts';

type ByKey = { Params: { paymentKey: string } };
type ByOrder = { Params: { orderId: string } };

type PaymentRoutesDeps = ProviderDeps & { maxPayments: number; answerCall: AnswerCall };

/** The provider's API proper. */
export function addPaymentRoutes(app: FastifyInstance, deps: PaymentRoutesDeps): void {
  const { answerCall } = deps;
  const { book } = deps.ledger;
  app.post('/v1/payments/confirm', (request, reply) => {
    const body = readJson(request);
    return answerCall(request, reply, {
      call: 'confirm',
      orderId: textField(body, 'orderId'),
      decide: (pair, now) => decideConfirm(book, body, pair, now),
    });
  });
  app.post<ByKey>('/v1/payments/:paymentKey/cancel', (request, reply) => {
    const { paymentKey } = request.params;
    return answerCall(request, reply, {
      call: 'cancel',
      orderId: book.payment(paymentKey)?.orderId,
      decide: (pair, now) => {
        const cancel = parseCancel(readJson(request));
        return changed(cancelPayment(ownPayment(book, paymentKey, pair), cancel, now));
      },
    });
  });
  app.post('/v1/virtual-accounts', (request, reply) => {
    const body = readJson(request);
    return answerCall(request, reply, {
      call: 'virtual-accounts',
      orderId: textField(body, 'orderId'),
      decide: (pair, now) => decideVirtualAccount(deps, body, pair, now),
    });
  });
  addReadRoutes(app, deps);
}

function addReadRoutes(app: FastifyInstance, { answerCall, config, ledger }: PaymentRoutesDeps): void {
  const { book } = ledger;
  app.get<ByKey>('/v1/payments/:paymentKey', (request, reply) => {
    const { paymentKey } = request.params;
    return answerCall(request, reply, {
      call: 'get',
      orderId: book.payment(paymentKey)?.orderId,
      decide: (pair) => ({ kind: 'payment', payment: ownPayment(book, paymentKey, pair) }),
    });
  });
  app.get<ByOrder>('/v1/payments/orders/:orderId', (request, reply) => {
    const { orderId } = request.params;
    return answerCall(request, reply, {
      call: 'get',
      orderId,
      decide: (pair) => {
        const payment = book.paymentOfOrder(pair.clientKey, orderId);
        if (payment === undefined) throw new ProviderError('NOT_FOUND_PAYMENT');
        return { kind: 'payment', payment };
      },
    });
  });
  app.get<{ Querystring: Record<string, unknown> }>('/v1/transactions', (request, reply) =>
    answerCall(request, reply, {
      call: 'transactions',
      orderId: undefined,
      decide: ({ clientKey }) => {
        const range = parseTransactionsQuery(request.query);
        return {
          kind: 'list',
          rows: listTransactions(book, range, { clientKey, publicUrl: config.publicUrl }),
        };
      },
    }),
  );
}

function decideConfirm(book: Book, body: unknown, pair: KeyPair, now: number): Decision {
  const confirm = parseConfirm(body);
  const leading = book.paymentOfOrder(pair.clientKey, confirm.orderId);
  const orderIsTaken =
    leading !== undefined && isProcessed(leading) && leading.paymentKey !== confirm.paymentKey;
  const { clientKey } = pair;
  const result = confirmPayment(book.payment(confirm.paymentKey), confirm, { clientKey, now, orderIsTaken });
  const { change } = result;
  if (result.kind === 'confirmed') return changed(change);
  return { kind: 'refusal', code: change.payment.failure?.code ?? 'REJECT_CARD_PAYMENT', change };
}

function changed(change: ReturnType<typeof cancelPayment>): Decision {
  return { kind: 'payment', payment: change.payment, change };
}

// A payment of another key pair does not exist for this one.
function ownPayment(book: Book, paymentKey: string, pair: KeyPair): Payment {
  const payment = book.payment(paymentKey);
  if (payment === undefined || payment.clientKey !== pair.clientKey) {
    throw new ProviderError('NOT_FOUND_PAYMENT');
  }
  return payment;
}

const virtualAccountBody = Compile(
  Type.Object({
    ...openingFields,
    customerName: Type.String({ minLength: 1, maxLength: 100 }),
    bank: Type.String({ maxLength: 20 }),
    validHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 2160 })),
    dueDate: Type.Optional(Type.String({ maxLength: 40 })),
  }),
);

function decideVirtualAccount(deps: PaymentRoutesDeps, body: unknown, pair: KeyPair, now: number): Decision {
  if (!virtualAccountBody.Check(body)) {
    throw new ProviderError('INVALID_REQUEST', firstFault(virtualAccountBody.Errors(body)));
  }
  const { book } = deps.ledger;
  refuseWhenFull(book, deps.maxPayments);
  const leading = book.paymentOfOrder(pair.clientKey, body.orderId);
  if (leading !== undefined && isProcessed(leading)) throw new ProviderError('DUPLICATED_ORDER_ID');
  if (body.amount < 200) throw new ProviderError('BELOW_MINIMUM_AMOUNT');
  return changed(
    issueAccount(openPayment(pair, body, now), {
      bankCode: bankCodeOf(body.bank),
      customerName: body.customerName,
      dueAt: dueAtOf(body, now),
    }),
  );
}

function dueAtOf(body: { validHours?: number; dueDate?: string }, now: number): number {
  const { dueDate, validHours } = body;
  if (dueDate === undefined) return now + (validHours ?? defaultValidHours) * hourMs;
  const dueAt = parseKst(dueDate, 'end');
  if (validHours !== undefined || dueAt === undefined || dueAt <= now) {
    throw new ProviderError('INVALID_REQUEST', 'dueDate, validHours');
  }
  return dueAt;
}
