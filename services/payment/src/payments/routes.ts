import * as contract from '@urr/contracts/payment.ts';
import type { RefundView } from '@urr/contracts/payment-shapes.ts';
import { languageOf } from '@urr/platform/language.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import type { Attempt } from './attempt.ts';
import { confirmPayment } from './confirm-payment.ts';
import { failPayment } from './fail-payment.ts';
import { startPayment } from './start-payment.ts';
import { paymentView } from './view.ts';

const defaultPage = 20;

/** How refunds of payments are shown; refunds are another feature's. */
export type RefundsOf = (paymentIds: readonly string[]) => Promise<Map<string, RefundView[]>>;

export function servePayments(server: ServeDeps, deps: Deps, refundsOf: RefundsOf): void {
  serve(server, contract.startPayment, ({ account, body, request }) =>
    startPayment(deps, {
      accountId: account.accountId,
      reservationId: body.reservationId,
      acceptEqualSeats: body.acceptEqualSeats,
      language: languageOf(request.headers['accept-language']),
    }),
  );
  serve(
    server,
    contract.confirmPayment,
    ({ account, body }) => confirmPayment(deps, { accountId: account.accountId, ...body }),
    ({ state }) => state !== 'checking',
  );
  serve(server, contract.failPayment, async ({ account, body }) => {
    const { paymentId, orderId, code, message } = body;
    const attempt = await failPayment(deps, {
      accountId: account.accountId,
      paymentId,
      orderId,
      code,
      message,
    });
    return paymentView(attempt, []);
  });
  addReads(server, deps, refundsOf);
}

function addReads(server: ServeDeps, deps: Deps, refundsOf: RefundsOf): void {
  const show = async (attempts: readonly Attempt[]) => {
    const refunds = await refundsOf(attempts.map(({ id }) => id));
    return attempts.map((attempt) => paymentView(attempt, refunds.get(attempt.id) ?? []));
  };
  const showOwn = async (attempt: Attempt | undefined, accountId: string) => {
    if (attempt === undefined || attempt.accountId !== accountId) throw new Problem('payment-not-found');
    const [view] = await show([attempt]);
    if (view === undefined) throw new Problem('payment-not-found');
    return view;
  };
  serve(server, contract.listMyPayments, async ({ account, query }) => {
    const { before, limit } = query;
    return {
      payments: await show(await deps.attempts.list(account.accountId, before ?? null, limit ?? defaultPage)),
    };
  });
  serve(server, contract.readPayment, async ({ account, params }) =>
    showOwn(await deps.attempts.findById(params.paymentId), account.accountId),
  );
  serve(server, contract.readPaymentByOrder, async ({ account, params }) =>
    showOwn(await deps.attempts.findByOrder(params.orderId), account.accountId),
  );
}
