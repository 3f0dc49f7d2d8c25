import { isProblemCode } from './problem-code.ts';
import type { RefundView } from '@urr/contracts/payment-shapes.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { type Refund, refundView } from './refund.ts';

export interface RefundCommand {
  readonly accountId: string;
  readonly paymentId: string;
  readonly ticketIds: readonly string[] | null;
}

/** Gives tickets back for their money. The row is on disk before anybody is called; the work outlives the answer. */
export async function requestRefund(deps: Deps, command: RefundCommand): Promise<RefundView> {
  await refundablePayment(deps, command);
  const refund = await writeRequest(deps, command);
  const work = deps.background.run(() => carryOutRefund(deps, refund));
  const ended = (await deps.background.within(work, deps.settings.answerDeadlineMs)) ?? refund;
  if (ended.state === 'refused' && isProblemCode(ended.failureCode)) throw new Problem(ended.failureCode);
  return refundView(ended);
}

/** The caller's payment, if it has tickets whose money is not back yet. */
export async function refundablePayment(
  deps: Pick<Deps, 'attempts'>,
  command: Pick<RefundCommand, 'accountId' | 'paymentId'>,
) {
  const payment = await deps.attempts.findById(command.paymentId);
  if (payment === undefined || payment.accountId !== command.accountId)
    throw new Problem('payment-not-found');
  if (payment.state !== 'fulfilled') throw new Problem('not-refundable');
  return payment;
}

async function writeRequest(deps: Deps, command: RefundCommand): Promise<Refund> {
  const id = uuidv7();
  const isWritten = await deps.refunds.request({ id, ...command }, deps.settings.reconcileAfterMs);
  const refund = isWritten ? await deps.refunds.findById(id) : await deps.refunds.findOpen(command.paymentId);
  if (refund === undefined) throw new Problem('not-refundable');
  if (!isWritten && !isSameRequest(refund, command))
    throw new Problem('refund-in-progress', { retryAfter: 3 });
  return refund;
}

function isSameRequest(refund: Refund, command: RefundCommand): boolean {
  const key = (ids: readonly string[] | null) => (ids === null ? 'all' : [...ids].sort().join());
  return key(refund.requestedTicketIds) === key(command.ticketIds);
}
