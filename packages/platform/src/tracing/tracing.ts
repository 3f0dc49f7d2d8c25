import { AsyncLocalStorage } from 'node:async_hooks';
import { topology, type WorkloadName } from '@urr/contracts/topology.ts';
import type { Environment } from '../config.ts';
import type { TraceContext } from './trace-context.ts';

/** A request as a trace sees it. */
export interface TracedRequest {
  readonly method: string;
  /** Route pattern; absent when no route is meant. */
  readonly route: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A call to another service. */
export interface TracedCall {
  readonly method: string;
  readonly service: WorkloadName;
}

/** How a step ended: with an answer, or with a fault in one word. */
export interface StepOutcome {
  readonly status?: number;
  readonly fault?: string;
}

/** One step of a trace: a request being answered, a call, or work that no request asked for. */
export interface TraceStep {
  /** What to hand on; absent for work that no request asked for. */
  readonly context: TraceContext | undefined;
  /** The service that answers at an origin. Calls to anybody else carry nothing. */
  serviceAt(origin: string): WorkloadName | undefined;
  beginCall(call: TracedCall): TraceStep;
  /** Ends the step; a second end changes nothing. */
  end(outcome: StepOutcome): void;
}

/** Tracing of one service. Several services may share a process, so there is no global one. */
export interface Tracing {
  /** False when steps are only handed on and never sent anywhere. */
  readonly isRecording: boolean;
  /** The step of work that no request asked for. */
  readonly background: TraceStep;
  beginRequest(request: TracedRequest): TraceStep;
  /** Sends what is left, in bounded time. */
  stop(): Promise<void>;
}

const active = new AsyncLocalStorage<TraceStep>();

/** Runs `work` as part of a step; what it awaits and starts belongs to the step too. */
export function runInStep<Value>(step: TraceStep, work: () => Value): Value {
  return active.run(step, work);
}

/** The step the running code is part of. */
export function activeStep(): TraceStep | undefined {
  return active.getStore();
}

/** Who answers where, by the `*_SERVICE_URL` variables of an environment. */
export function servicesByOrigin(environment: Environment): ReadonlyMap<string, WorkloadName> {
  const services = new Map<string, WorkloadName>();
  for (const [name, { urlVariable }] of Object.entries(topology)) {
    const url = URL.parse(environment[urlVariable] ?? '');
    if (url !== null) services.set(url.origin, name as WorkloadName);
  }
  return services;
}
