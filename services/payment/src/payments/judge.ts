import { confirmMeaning, isBeforeIdempotency } from '../toss/confirm-codes.ts';
import type { ProviderAnswer } from '../toss/provider.ts';
import type { TossPayment } from '../toss/toss-payment.ts';
import type { Attempt, UndecidedAnswer } from './attempt.ts';

export type Verdict =
  | {
      readonly kind: 'taken';
      readonly paymentKey: string;
      readonly transactionKey: string;
      readonly approvedAt: string;
    }
  | { readonly kind: 'virtual-account'; readonly paymentKey: string; readonly secret: string | null }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'undecided'; readonly answer: UndecidedAnswer; readonly code: string | null };

export type LookupVerdict =
  | Exclude<Verdict, { kind: 'undecided' }>
  /** Ask for the money again, under a new key where the provider would only repeat its error. */
  | { readonly kind: 'resend'; readonly newKey: boolean }
  | { readonly kind: 'wait' };

type Asked = Pick<Attempt, 'orderId' | 'amount' | 'paymentKey' | 'confirmAnswer' | 'failureCode' | 'ageMs'>;

/** What the answer to a confirm call decides. An answer about another payment decides nothing. */
export function judgeConfirm(attempt: Asked, answer: ProviderAnswer): Verdict {
  switch (answer.kind) {
    case 'no-answer':
      return { kind: 'undecided', answer: 'no-answer', code: null };
    case 'refused':
      return judgeRefusal(answer.code, answer.message);
    case 'payment':
      return (
        judgeMoney(attempt, answer.payment) ?? {
          kind: 'undecided',
          answer: 'fault',
          code: isOurs(attempt, answer.payment) ? answer.payment.status : 'ANSWER_OF_ANOTHER_PAYMENT',
        }
      );
  }
}

function judgeRefusal(code: string, message: string): Verdict {
  switch (confirmMeaning(code)) {
    case 'declined':
    case 'session-over':
      return { kind: 'failed', code, message };
    case 'our-fault':
      return { kind: 'undecided', answer: 'our-fault', code };
    case 'look-up':
      return { kind: 'undecided', answer: isBeforeIdempotency(code) ? 'no-answer' : 'fault', code };
  }
}

// A buyer can bring these about; were they faults, one buyer could slow the whole line.
const causedByBuyers: readonly (string | null)[] = [
  'FORBIDDEN_REQUEST',
  'INVALID_REQUEST',
  'ALREADY_PROCESSED_PAYMENT',
];

/** True when provider or line failed, so that checkout as a whole may be in trouble. */
export function isProviderFault(verdict: Verdict): boolean {
  return verdict.kind === 'undecided' && !causedByBuyers.includes(verdict.code);
}

function isOurs(attempt: Asked, payment: TossPayment): boolean {
  return (
    payment.orderId === attempt.orderId &&
    payment.totalAmount === attempt.amount &&
    payment.currency === 'KRW'
  );
}

function judgeMoney(attempt: Asked, payment: TossPayment) {
  if (!isOurs(attempt, payment)) return undefined;
  const { paymentKey } = payment;
  if (payment.status === 'WAITING_FOR_DEPOSIT') {
    return { kind: 'virtual-account', paymentKey, secret: payment.secret ?? null } as const;
  }
  if (payment.status !== 'DONE') return undefined;
  const transactionKey = payment.lastTransactionKey ?? paymentKey;
  return {
    kind: 'taken',
    paymentKey,
    transactionKey,
    approvedAt: payment.approvedAt ?? new Date().toISOString(),
  } as const;
}

/** What a look-up decides about an attempt that has asked for money. `windowMs`: after that the provider forgets it. */
export function judgeLookup(attempt: Asked, answer: ProviderAnswer, windowMs: number): LookupVerdict {
  if (answer.kind === 'no-answer') return { kind: 'wait' };
  const isOver = attempt.ageMs > windowMs;
  if (answer.kind === 'refused') {
    if (!answer.code.startsWith('NOT_FOUND')) return { kind: 'wait' };
    return isOver ? expired('NOT_FOUND_PAYMENT_SESSION') : notTaken(attempt);
  }
  const { payment } = answer;
  if (!isOurs(attempt, payment)) return { kind: 'wait' };
  return judgeMoney(attempt, payment) ?? judgeStatus(attempt, payment.status, isOver);
}

function judgeStatus(attempt: Asked, status: string, isOver: boolean): LookupVerdict {
  switch (status) {
    case 'READY':
    case 'IN_PROGRESS':
      return isOver ? expired('PAYMENT_WINDOW_OVER') : notTaken(attempt);
    case 'ABORTED':
      return {
        kind: 'failed',
        code: attempt.failureCode ?? 'PAY_PROCESS_ABORTED',
        message: '결제가 중단되었습니다.',
      };
    case 'EXPIRED':
      return expired('NOT_FOUND_PAYMENT_SESSION');
    case 'CANCELED':
      return {
        kind: 'failed',
        code: attempt.failureCode ?? 'CANCELED_AT_PROVIDER',
        message: '결제가 취소되었습니다.',
      };
    default:
      return { kind: 'wait' };
  }
}

// No money moved, and none will unless we ask again.
function notTaken(attempt: Asked): LookupVerdict {
  if (attempt.confirmAnswer === 'our-fault') {
    return {
      kind: 'failed',
      code: attempt.failureCode ?? 'INVALID_REQUEST',
      message: '결제를 승인할 수 없습니다.',
    };
  }
  return { kind: 'resend', newKey: attempt.confirmAnswer === 'fault' };
}

function expired(code: string): LookupVerdict {
  return { kind: 'failed', code, message: '결제 시간이 만료되었습니다.' };
}
