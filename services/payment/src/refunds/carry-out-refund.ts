import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { judgeCancel, judgeCancelLookup } from './judge.ts';
import { cancelReasonOf, type Refund } from './refund.ts';

export type CarryOutDeps = Pick<
  Deps,
  'refunds' | 'provider' | 'tickets' | 'settings' | 'logger' | 'wakeRelay'
>;

/**
 * Brings a refund as near to its end as ticket-service and the provider allow; it may be repeated at will. Undo of each
 * step: locked tickets are unlocked by the event of a rejection; money that went back stays back.
 */
export async function carryOutRefund(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  let current = refund;
  if (current.state === 'waiting') current = await takeTurn(deps, current);
  if (current.state === 'requested') current = await lockTickets(deps, current);
  if (current.state === 'ready') return sendFirst(deps, current);
  if (current.state === 'sending') return lookUpThenSend(deps, current);
  return current;
}

// Its tickets are locked already. While another refund of the payment is open, it stays where it is.
async function takeTurn(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  await deps.refunds.takeTurn(refund.id);
  return reread(deps, refund);
}

async function lockTickets(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  const answer = await deps.tickets.beginReturn({
    refundId: refund.id,
    reservationId: refund.reservationId,
    accountId: refund.accountId,
    ticketIds: refund.requestedTicketIds,
  });
  if (answer.kind === 'unknown') return refund;
  if (answer.kind === 'refused') {
    await deps.refunds.refuse(refund.id, answer.code);
    return reread(deps, refund);
  }
  const { ticketIds, amount } = answer.value;
  const isReady = await deps.refunds.makeReady(refund.id, ticketIds, amount);
  const current = await reread(deps, refund);
  if (isReady || current.state !== 'requested') return current;
  await deps.refunds.reject(current, 'AMOUNT_EXCEEDS_PAYMENT', ticketIds);
  deps.wakeRelay();
  return reread(deps, refund);
}

async function sendFirst(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  const { cancelSpacingMs } = deps.settings;
  let isSending = await deps.refunds.beginSending(refund.id, cancelSpacingMs);
  if (!isSending) {
    await sleep(cancelSpacingMs);
    isSending = await deps.refunds.beginSending(refund.id, cancelSpacingMs);
  }
  return isSending ? send(deps, { ...refund, state: 'sending' }) : reread(deps, refund);
}

async function lookUpThenSend(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  const verdict = judgeCancelLookup(refund, await deps.provider.findByKey(refund.paymentKey));
  switch (verdict.kind) {
    case 'done':
      return settle(deps, refund, verdict);
    case 'rejected':
      return reject(deps, refund, verdict.code);
    case 'wait':
      return refund;
    case 'send':
      return send(deps, refund);
    case 'renew-key': {
      const isRenewed = await deps.refunds.renewKey(refund, verdict.balance);
      return isRenewed ? send(deps, await reread(deps, refund)) : refund;
    }
  }
}

// The key and the expected balance are on disk: the same call can be made again by anybody.
async function send(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  const { amount, balanceBefore } = refund;
  if (amount === null || balanceBefore === null)
    throw new Error(`refund ${refund.id} was sent before it was ready`);
  const answer = await deps.provider.cancel({
    paymentKey: refund.paymentKey,
    reason: cancelReasonOf(refund),
    amount,
    balanceBefore,
    idempotencyKey: refund.cancelKey,
  });
  const verdict = judgeCancel(refund, answer);
  switch (verdict.kind) {
    case 'done':
      return settle(deps, refund, verdict);
    case 'rejected':
      return reject(deps, refund, verdict.code);
    case 'undecided':
      await deps.refunds.noteAnswer(refund.id, verdict.isKeySpent, verdict.code);
      return reread(deps, refund);
  }
}

async function settle(
  deps: CarryOutDeps,
  refund: Refund,
  cancel: { transactionKey: string; canceledAt: string },
): Promise<Refund> {
  await deps.refunds.settle(refund.id, cancel);
  deps.wakeRelay();
  return reread(deps, refund);
}

async function reject(deps: CarryOutDeps, refund: Refund, code: string): Promise<Refund> {
  if (refund.reason !== 'buyer') {
    // Nobody asked for it, and it must go back: it stays open, is tried again, and somebody is told.
    deps.logger.error(
      { refundId: refund.id, reason: refund.reason, code },
      'the provider refuses to give money back that must go back',
    );
    await deps.refunds.noteAnswer(refund.id, true, code);
    return reread(deps, refund);
  }
  await deps.refunds.reject(refund, code, refund.ticketIds);
  deps.wakeRelay();
  return reread(deps, refund);
}

async function reread(deps: CarryOutDeps, refund: Refund): Promise<Refund> {
  return (await deps.refunds.findById(refund.id)) ?? refund;
}
