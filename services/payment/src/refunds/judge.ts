import { cancelMeaning } from '../toss/cancel-codes.ts';
import { isBeforeIdempotency } from '../toss/confirm-codes.ts';
import type { ProviderAnswer } from '../toss/provider.ts';
import type { TossPayment } from '../toss/toss-payment.ts';
import type { Refund } from './refund.ts';

type Asked = Pick<Refund, 'id' | 'amount' | 'balanceBefore' | 'isKeySpent'>;

export type CancelVerdict =
  | { readonly kind: 'done'; readonly transactionKey: string; readonly canceledAt: string }
  | { readonly kind: 'rejected'; readonly code: string }
  /** `isKeySpent`: the provider would repeat this answer to the same key. */
  | { readonly kind: 'undecided'; readonly isKeySpent: boolean; readonly code: string | null };

export type CancelLookup =
  | Extract<CancelVerdict, { kind: 'done' | 'rejected' }>
  | { readonly kind: 'send' }
  | { readonly kind: 'renew-key'; readonly balance: number }
  | { readonly kind: 'wait' };

/** What the answer to a cancel call decides. */
export function judgeCancel(refund: Asked, answer: ProviderAnswer): CancelVerdict {
  switch (answer.kind) {
    case 'no-answer':
      return { kind: 'undecided', isKeySpent: false, code: null };
    case 'payment':
      return (
        ourCancel(refund, answer.payment) ?? {
          kind: 'undecided',
          isKeySpent: true,
          code: 'CANCEL_NOT_LISTED',
        }
      );
    case 'refused': {
      const { code } = answer;
      if (cancelMeaning(code) === 'rejected') return { kind: 'rejected', code };
      return { kind: 'undecided', isKeySpent: !isBeforeIdempotency(code), code };
    }
  }
}

/** What the payment's list of cancels decides about a refund that may have been sent. */
export function judgeCancelLookup(refund: Asked, answer: ProviderAnswer): CancelLookup {
  if (answer.kind !== 'payment') return { kind: 'wait' };
  const ours = ourCancel(refund, answer.payment);
  if (ours !== undefined) return ours;
  const { balanceAmount } = answer.payment;
  if (balanceAmount < (refund.amount ?? 0)) return { kind: 'rejected', code: 'BALANCE_TOO_SMALL' };
  // Somebody cancelled part of it elsewhere: what is expected must be put right, or the provider refuses for ever.
  const isAsExpected = balanceAmount === refund.balanceBefore;
  if (refund.isKeySpent || !isAsExpected) return { kind: 'renew-key', balance: balanceAmount };
  return { kind: 'send' };
}

function ourCancel(refund: Asked, payment: TossPayment) {
  const cancel = (payment.cancels ?? []).find(
    ({ cancelReason, cancelAmount, cancelStatus }) =>
      cancelReason.includes(refund.id) &&
      cancelAmount === refund.amount &&
      (cancelStatus ?? 'DONE') === 'DONE',
  );
  if (cancel === undefined) return undefined;
  const { transactionKey, canceledAt } = cancel;
  return { kind: 'done', transactionKey, canceledAt } as const;
}
