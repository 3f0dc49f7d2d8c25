import type { RequestPlan } from './request-plan.ts';

/** What the load client is to do once. */
export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  readonly plan: RequestPlan;
  /** Any other status fails the job: a fast error is no throughput. */
  readonly expectedStatus: number;
  /** Milliseconds of load before counting begins, and of counting. */
  readonly rampMs: number;
  readonly durationMs: number;
}

/** What came of it. */
export interface Volley {
  /** Answers counted, and with those before and after the counting. */
  readonly answers: number;
  readonly answersInAll: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly bytesPerAnswer: number;
  /** Processor time of the client over the time counted; 1 is one whole core. */
  readonly clientBusy: number;
}

/** Several as if they were one; at least one is given. */
export function mergeVolleys(volleys: readonly Volley[]): Volley {
  const sum = (of: (volley: Volley) => number) => volleys.reduce((total, volley) => total + of(volley), 0);
  const answers = sum((volley) => volley.answers);
  const seconds = sum((volley) => volley.seconds);
  return {
    answers,
    answersInAll: sum((volley) => volley.answersInAll),
    seconds,
    perSecond: answers / seconds,
    bytesPerAnswer: sum((volley) => volley.bytesPerAnswer * volley.answers) / answers,
    clientBusy: Math.max(...volleys.map((volley) => volley.clientBusy)),
  };
}
