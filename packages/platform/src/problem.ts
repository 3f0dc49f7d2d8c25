import { type ProblemCode, problemDefinition } from '@urr/contracts/problem-table.ts';

/** What one refusal carries besides its code. */
export interface ProblemDetails {
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number;
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** A refusal on its way to the one error handler. It is an answer, not a defect: it carries no stack. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly data: unknown;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    // A stack trace costs more than the refusal itself, and losers on a hot seat are many.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(code, details.cause === undefined ? undefined : { cause: details.cause });
    Error.stackTraceLimit = limit;
    this.name = 'Problem';
    this.code = code;
    this.status = problemDefinition(code).status;
    this.retryAfter = details.retryAfter;
    this.data = details.data;
  }
}
