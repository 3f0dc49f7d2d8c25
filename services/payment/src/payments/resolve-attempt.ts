import type { Deps } from '../deps.ts';
import type { ProviderAnswer } from '../toss/provider.ts';
import type { Attempt } from './attempt.ts';
import { deliverTickets } from './deliver-tickets.ts';
import { isProviderFault, judgeConfirm, judgeLookup, type Verdict } from './judge.ts';

type ResolveDeps = Pick<
  Deps,
  'attempts' | 'provider' | 'tickets' | 'settings' | 'logger' | 'returnMoney' | 'wakeRelay' | 'counters'
>;

/** Brings an attempt as near to its end as the provider's and ticket-service's truth allow. It may be repeated at will. */
export async function resolveAttempt(deps: ResolveDeps, attempt: Attempt): Promise<Attempt> {
  switch (attempt.state) {
    case 'confirming':
    case 'unknown':
      return resolveUndecided(deps, attempt);
    case 'captured':
      return deliverTickets(deps, attempt);
    case 'created':
    case 'failed':
    case 'expired':
      return lookForLateMoney(deps, attempt);
    case 'fulfilled':
    case 'refunding':
    case 'refunded':
      await deps.attempts.checkAgainIn(attempt, null);
      return attempt;
  }
}

async function resolveUndecided(deps: ResolveDeps, attempt: Attempt): Promise<Attempt> {
  // Beside each other: neither a silent provider nor a silent ticket-service holds the other up.
  const [answer] = await Promise.all([lookUp(deps, attempt), keepHold(deps, attempt)]);
  const verdict = judgeLookup(attempt, answer, deps.settings.confirmWindowMs);
  if (verdict.kind === 'wait') return attempt;
  if (verdict.kind !== 'resend') return applyVerdict(deps, attempt, verdict);
  const keyed = verdict.newKey ? await deps.attempts.nextConfirmKey(attempt) : attempt;
  if (keyed === undefined) return attempt;
  return askForMoney(deps, keyed);
}

// Asked at every look, so that no crash and no silence of ticket-service leaves it out: it takes effect once. What is
// answered decides nothing: should the hold be lost all the same, money that was taken goes back. A request the provider
// refused as wrong took none: anybody could bring one about, with a payment key of another order.
async function keepHold(deps: ResolveDeps, attempt: Attempt): Promise<void> {
  const { reservationId, accountId, confirmAnswer } = attempt;
  if (confirmAnswer === 'our-fault') return;
  await deps.tickets.keep(reservationId, accountId);
}

// The order's processed payment if there is one; else the very payment we asked for, which a second window may hide.
async function lookUp(deps: ResolveDeps, attempt: Attempt): Promise<ProviderAnswer> {
  const byOrder = await deps.provider.findByOrder(attempt.orderId);
  if (byOrder.kind !== 'payment' || attempt.paymentKey === null) return byOrder;
  const isOther = byOrder.payment.paymentKey !== attempt.paymentKey;
  const isOpen = !['DONE', 'WAITING_FOR_DEPOSIT', 'PARTIAL_CANCELED'].includes(byOrder.payment.status);
  return isOther && isOpen ? deps.provider.findByKey(attempt.paymentKey) : byOrder;
}

/** Calls confirm outside any transaction and acts on the answer. The attempt's key is on disk. */
export async function askForMoney(deps: ResolveDeps, attempt: Attempt): Promise<Attempt> {
  if (attempt.paymentKey === null) return attempt;
  const startedAt = performance.now();
  const answer = await deps.provider.confirm({
    paymentKey: attempt.paymentKey,
    orderId: attempt.orderId,
    amount: attempt.amount,
    idempotencyKey: attempt.confirmKey,
  });
  const verdict = judgeConfirm(attempt, answer);
  deps.counters.confirmed(attempt.eventId, performance.now() - startedAt, isProviderFault(verdict));
  return applyVerdict(deps, attempt, verdict);
}

async function applyVerdict(deps: ResolveDeps, attempt: Attempt, verdict: Verdict): Promise<Attempt> {
  switch (verdict.kind) {
    case 'taken':
      return takeMoney(deps, attempt, verdict);
    case 'failed':
      return failAttempt(deps, attempt, verdict.code, verdict.message);
    case 'virtual-account':
      return refuseVirtualAccount(deps, attempt, verdict);
    case 'undecided': {
      if (verdict.answer === 'our-fault') {
        deps.logger.error({ paymentId: attempt.id, code: verdict.code }, 'the provider refuses our request');
      }
      return settled(
        deps,
        attempt,
        await deps.attempts.markUnknown(attempt.id, verdict.answer, verdict.code),
      );
    }
  }
}

async function takeMoney(
  deps: ResolveDeps,
  attempt: Attempt,
  taken: Extract<Verdict, { kind: 'taken' }>,
): Promise<Attempt> {
  const captured = await deps.attempts.capture({ id: attempt.id, ...taken }, deps.settings.reconcileAfterMs);
  if (captured === undefined) return settled(deps, attempt, undefined);
  deps.wakeRelay();
  return deliverTickets(deps, captured);
}

async function failAttempt(
  deps: ResolveDeps,
  attempt: Attempt,
  code: string,
  message: string,
): Promise<Attempt> {
  const failed = await deps.attempts.fail({
    id: attempt.id,
    from: ['confirming', 'unknown'],
    code,
    message,
    byProvider: true,
    by: 'payment-service',
  });
  deps.wakeRelay();
  return settled(deps, attempt, failed);
}

// Seats cannot wait days for a deposit. The account is voided first: it must not take money for an ended attempt.
async function refuseVirtualAccount(
  deps: ResolveDeps,
  attempt: Attempt,
  account: Extract<Verdict, { kind: 'virtual-account' }>,
): Promise<Attempt> {
  if (account.secret !== null) await deps.attempts.keepDepositSecret(attempt.id, account.secret);
  const voided = await deps.provider.cancel({
    paymentKey: account.paymentKey,
    reason: '가상계좌는 사용할 수 없습니다',
    idempotencyKey: `void-${attempt.id}-${attempt.checks}`,
  });
  const isVoid = voided.kind === 'payment' && voided.payment.status === 'CANCELED';
  const code = 'VIRTUAL_ACCOUNT_NOT_OFFERED';
  if (isVoid) return failAttempt(deps, attempt, code, '가상계좌로는 결제할 수 없습니다.');
  return settled(deps, attempt, await deps.attempts.markUnknown(attempt.id, 'no-answer', code));
}

// Somebody else was first: theirs is the state.
async function settled(deps: ResolveDeps, before: Attempt, after: Attempt | undefined): Promise<Attempt> {
  return after ?? (await deps.attempts.findById(before.id)) ?? before;
}

/** Ended attempts have no money. Should the provider say otherwise, it goes back at once. */
async function lookForLateMoney(deps: ResolveDeps, attempt: Attempt): Promise<Attempt> {
  const answer = await deps.provider.findByOrder(attempt.orderId);
  const verdict = judgeLookup(attempt, answer, deps.settings.confirmWindowMs);
  if (verdict.kind === 'taken') return deps.returnMoney(attempt, verdict);
  const isAnswered =
    answer.kind === 'payment' || (answer.kind === 'refused' && answer.code.startsWith('NOT_FOUND'));
  if (!isAnswered) return attempt;
  if (attempt.state === 'created') return expireAbandoned(deps, attempt);
  await deps.attempts.checkAgainIn(attempt, null);
  return attempt;
}

async function expireAbandoned(deps: ResolveDeps, attempt: Attempt): Promise<Attempt> {
  // A hint may wake an attempt whose window is still open; only its age ends it.
  if (attempt.ageMs < deps.settings.paymentWindowMs) {
    await deps.attempts.checkAgainIn(attempt, deps.settings.paymentWindowMs - attempt.ageMs);
    return attempt;
  }
  const expired = await deps.attempts.expire({
    id: attempt.id,
    from: ['created'],
    code: 'PAYMENT_WINDOW_OVER',
    message: '결제 시간이 만료되었습니다.',
    byProvider: false,
    by: 'payment-service',
  });
  deps.wakeRelay();
  return settled(deps, attempt, expired);
}
