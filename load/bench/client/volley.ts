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
