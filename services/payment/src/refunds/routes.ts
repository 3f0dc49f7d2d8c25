import { quoteRefund, requestRefund as requestRefundRoute } from '@urr/contracts/payment.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { refundablePayment, requestRefund } from './request-refund.ts';

export function serveRefunds(server: ServeDeps, deps: Deps): void {
  serve(server, requestRefundRoute, ({ account, params, body }) =>
    requestRefund(deps, {
      accountId: account.accountId,
      paymentId: params.paymentId,
      ticketIds: body.ticketIds ?? null,
    }),
  );
  serve(server, quoteRefund, async ({ account, params, query }) => {
    const payment = await refundablePayment(deps, { accountId: account.accountId, ...params });
    const answer = await deps.tickets.quoteReturn({
      reservationId: payment.reservationId,
      accountId: account.accountId,
      ticketIds: query.ticketIds?.split(',') ?? null,
    });
    if (answer.kind === 'refused') throw new Problem(answer.code);
    if (answer.kind === 'unknown') throw new Problem('upstream-unavailable', { retryAfter: 2 });
    return { ticketIds: [...answer.value.ticketIds], amount: answer.value.amount };
  });
}
