import type { readPaymentFigures } from '@urr/contracts/payment.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';
import type { readSaleFigures } from '@urr/contracts/ticket-figures.ts';
import type { Freshness } from './freshness.ts';

/** A reading besides the line's own: its last answer, why there is none, and whether it tells what is. */
export interface Reading<Answer> {
  readonly data: Answer | undefined;
  readonly error: { readonly problem: ProblemDocument } | null;
  readonly freshness: Freshness;
}

export type SaleState = Reading<AnswerOf<typeof readSaleFigures>>;
export type PaymentState = Reading<AnswerOf<typeof readPaymentFigures>>;
