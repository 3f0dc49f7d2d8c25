import type { TSchema } from 'typebox';

/** A sentence in both languages of the product. */
export interface BilingualText {
  readonly ko: string;
  readonly en: string;
}

/** One row of the closed problem table (RFC 9457). */
export interface ProblemDefinition {
  readonly status: number;
  /** What happened, one short sentence. */
  readonly title: BilingualText;
  /** What the person can do next. */
  readonly action: BilingualText;
  /** True when the same request may succeed later without any change. */
  readonly retryable: boolean;
  /** Shape of the `data` member, where the problem carries one. */
  readonly data?: TSchema;
}
