import type { ConfirmOutcome } from '@urr/contracts/payment-shapes.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { endedBeforeMoney } from '../lifecycle/payment-state.ts';
import type { Attempt } from './attempt.ts';
import { askForMoney, resolveAttempt } from './resolve-attempt.ts';
import { publicState } from './view.ts';

export interface ConfirmCommand {
  readonly accountId: string;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/**
 * Takes the money of an authenticated payment. The step to `confirming` is committed before the provider is called,
 * and the call outlives the answer: what the buyer is not told now, the state tells later.
 */
export async function confirmPayment(deps: Deps, command: ConfirmCommand): Promise<ConfirmOutcome> {
  const begun = await deps.attempts.beginConfirm({
    ...command,
    holdLeftMs: deps.settings.holdLeftToConfirmMs,
    checkAfterMs: deps.settings.reconcileAfterMs,
  });
  if (begun === undefined) return answerRepeat(deps, command);
  const work = deps.background.run(() => carryOut(deps, begun));
  const ended = await deps.background.within(work, deps.settings.answerDeadlineMs);
  return outcomeOf(ended ?? begun);
}

async function carryOut(deps: Deps, begun: Attempt): Promise<Attempt> {
  const asked = await askForMoney(deps, begun);
  // The buyer still waits: one look at once spares them the reconciler's interval.
  return asked.state === 'unknown' ? resolveAttempt(deps, asked) : asked;
}

async function answerRepeat(deps: Deps, command: ConfirmCommand): Promise<ConfirmOutcome> {
  const attempt = await deps.attempts.findByOrder(command.orderId);
  if (attempt === undefined || attempt.accountId !== command.accountId)
    throw new Problem('payment-not-found');
  if (attempt.amount !== command.amount) throw new Problem('payment-mismatch');
  if (attempt.state === 'created') throw new Problem('reservation-over');
  if (attempt.paymentKey !== null && attempt.paymentKey !== command.paymentKey) {
    throw new Problem('payment-mismatch');
  }
  return outcomeOf(attempt);
}

function outcomeOf(attempt: Attempt): ConfirmOutcome {
  if (attempt.state === 'expired') throw new Problem('payment-over');
  if (attempt.state === 'failed') throw failureOf(attempt);
  return {
    paymentId: attempt.id,
    state: publicState(attempt.state),
    ticketIds: [...(attempt.ticketIds ?? [])],
  };
}

function failureOf(attempt: Attempt): Problem {
  const code = attempt.failureCode ?? 'UNKNOWN';
  if (endedBeforeMoney.includes(code)) return new Problem('payment-over');
  return new Problem('payment-declined', { data: { code, message: attempt.failureMessage ?? '' } });
}
