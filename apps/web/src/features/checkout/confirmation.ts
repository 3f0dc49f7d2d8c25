import type { CallResult } from '@urr/contracts/call-route.ts';
import type { confirmPayment, readPaymentByOrder } from '@urr/contracts/payment.ts';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';

type Confirmed = CallResult<typeof confirmPayment>;
type Looked = CallResult<typeof readPaymentByOrder>;

/** How a payment came out. Every kind has its own words on the page. */
export type PaymentEnd =
  | { readonly kind: 'confirmed'; readonly payment: PaymentView }
  /** The places were lost while the money moved: it goes back by itself, or is back. */
  | { readonly kind: 'money-back'; readonly payment: PaymentView }
  /** The buyer has given all tickets back since. */
  | { readonly kind: 'returned'; readonly payment: PaymentView }
  | {
      readonly kind: 'declined';
      readonly code: string;
      readonly message: string;
      readonly payment?: PaymentView;
    }
  /** It ended before any money was asked for: window over, hold over. */
  | {
      readonly kind: 'not-charged';
      readonly reason: 'payment-over' | 'reservation-over';
      readonly payment?: PaymentView;
    }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument };

/** What to do after an answer: it is over, look again, or ask once more because the request never arrived. */
export type Step =
  | { readonly next: 'end'; readonly end: PaymentEnd }
  | { readonly next: 'look-now' | 'look-later' | 'ask-again' };

/** Judges the answer to a confirmation. Whatever does not decide is looked up, never guessed. */
export function judgeConfirm(result: Confirmed): Step {
  if (result.ok) return { next: result.body.state === 'checking' ? 'look-later' : 'look-now' };
  const { problem } = result;
  if (problem.code === 'payment-declined') {
    const data = (problem.data ?? {}) as { code?: string; message?: string };
    return end({ kind: 'declined', code: data.code ?? '', message: data.message ?? '' });
  }
  if (problem.code === 'payment-over' || problem.code === 'reservation-over') {
    return end({ kind: 'not-charged', reason: problem.code });
  }
  return isDefinite(result) ? end({ kind: 'refused', problem }) : { next: 'look-later' };
}

/** Judges a look at the payment. */
export function judgeLook(result: Looked): Step {
  if (!result.ok) {
    return isDefinite(result) ? end({ kind: 'refused', problem: result.problem }) : { next: 'look-later' };
  }
  const payment = result.body;
  switch (payment.state) {
    // Nobody has asked for the money: the confirmation was lost on its way there.
    case 'open':
      return { next: 'ask-again' };
    case 'checking':
      return { next: 'look-later' };
    case 'confirmed':
      return end({ kind: 'confirmed', payment });
    case 'refunding':
      return end({ kind: 'money-back', payment });
    case 'refunded':
      return end({ kind: payment.ticketIds.length > 0 ? 'returned' : 'money-back', payment });
    case 'failed': {
      const { code = '', message = '' } = payment.failure ?? {};
      return end({ kind: 'declined', code, message, payment });
    }
    case 'expired':
      return end({ kind: 'not-charged', reason: 'payment-over', payment });
  }
}

/** What following a payment needs; each of them may be called again. */
export interface Follow {
  readonly confirm: () => Promise<Confirmed>;
  readonly look: () => Promise<Looked>;
  /** Waits before look number `look`; false when it has been long enough. */
  readonly wait: (look: number) => Promise<boolean>;
  /** The outcome is not known yet. */
  readonly onChecking: () => void;
  readonly isStopped: () => boolean;
}

/** Confirms a payment and follows it to its end; undefined when it was stopped or the end takes too long. */
export async function followPayment(calls: Follow): Promise<PaymentEnd | undefined> {
  let step = judgeConfirm(await calls.confirm());
  for (let look = 0; !calls.isStopped(); look++) {
    if (step.next === 'end') return withPayment(step.end, calls);
    if (step.next !== 'look-now') {
      calls.onChecking();
      if (!(await calls.wait(look)) || calls.isStopped()) return undefined;
    }
    step = step.next === 'ask-again' ? judgeConfirm(await calls.confirm()) : judgeLook(await calls.look());
  }
  return undefined;
}

// A refusal does not name its reservation, which the way back needs.
async function withPayment(found: PaymentEnd, { look }: Follow): Promise<PaymentEnd> {
  if (found.kind !== 'declined' && found.kind !== 'not-charged') return found;
  if (found.payment !== undefined) return found;
  const seen = await look();
  return seen.ok ? { ...found, payment: seen.body } : found;
}

function end(found: PaymentEnd): Step {
  return { next: 'end', end: found };
}

const passing = [
  'rate-limited',
  'request-in-flight',
  'overloaded',
  'upstream-unavailable',
  'deadline-exceeded',
];

function isDefinite(result: { readonly problem: ProblemDocument; readonly unknown: boolean }): boolean {
  return !result.unknown && result.problem.status < 500 && !passing.includes(result.problem.code);
}
