import type { WorkloadName } from '@urr/contracts/topology.ts';
import { newTraceContext, readTraceContext, type TraceContext } from './trace-context.ts';
import type { TraceStep, Tracing } from './tracing.ts';

class PassiveStep implements TraceStep {
  readonly #services: ReadonlyMap<string, WorkloadName>;
  readonly #find: () => TraceContext | undefined;
  #context: TraceContext | undefined;
  #isFound = false;

  constructor(services: ReadonlyMap<string, WorkloadName>, find: () => TraceContext | undefined) {
    this.#services = services;
    this.#find = find;
  }

  // Most requests neither call anybody nor log anything: they need no context, and its random bytes cost as much as a token.
  get context(): TraceContext | undefined {
    if (!this.#isFound) this.#context = this.#find();
    this.#isFound = true;
    return this.#context;
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
  const begin = () => newTraceContext(Math.random() < probability);
  return {
    isRecording: false,
    background: new PassiveStep(services, () => undefined),
    beginRequest: ({ headers }) => new PassiveStep(services, () => readTraceContext(headers) ?? begin()),
    stop: () => Promise.resolve(),
  };
}
