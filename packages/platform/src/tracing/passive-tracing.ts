import type { WorkloadName } from '@urr/contracts/topology.ts';
import { newTraceContext, readTraceContext, type TraceContext } from './trace-context.ts';
import type { TraceStep, Tracing } from './tracing.ts';

class PassiveStep implements TraceStep {
  readonly context: TraceContext | undefined;
  readonly #services: ReadonlyMap<string, WorkloadName>;

  constructor(context: TraceContext | undefined, services: ReadonlyMap<string, WorkloadName>) {
    this.context = context;
    this.#services = services;
  }

  serviceAt(origin: string): WorkloadName | undefined {
    return this.#services.get(origin);
  }

  beginCall(): TraceStep {
    return this;
  }

  end(): void {}
}

/** Tracing without a collector: a request's trace is handed on and named in the log, and nothing is recorded. */
export function createPassiveTracing(
  options: {
    readonly services?: ReadonlyMap<string, WorkloadName>;
    /** Share of the traces begun here that others should record, 0 to 1. */
    readonly probability?: number;
  } = {},
): Tracing {
  const { services = new Map<string, WorkloadName>(), probability = 0 } = options;
  return {
    background: new PassiveStep(undefined, services),
    beginRequest: ({ headers }) =>
      new PassiveStep(readTraceContext(headers) ?? newTraceContext(Math.random() < probability), services),
    stop: () => Promise.resolve(),
  };
}
