import type { WorkloadName } from '@urr/contracts/topology.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type Dispatcher, Pool } from 'undici';
import { ask, type Circuit, closedCircuit, defaultRules, type Outcome, record } from './circuit.ts';

/** How many may be under way, and over how many connections. */
export interface UpstreamOptions {
  readonly connections: number;
  readonly maxInFlight: number;
  readonly maxStreams: number;
}

/** One service behind the gateway. */
export interface Upstream {
  readonly name: WorkloadName;
  /** Connections for answers; event streams have their own, or they would hold all of these. */
  dispatcher(isStream: boolean): Dispatcher;
  /** Takes a place for one call; throws `upstream-unavailable` while the circuit is open, `overloaded` when full. */
  begin(isStream: boolean): void;
  /** Gives the place back. */
  end(isStream: boolean): void;
  /** Tells the circuit how a call went. */
  report(outcome: Outcome): void;
  /** State of the circuit and calls under way, for metrics. */
  state(): { readonly circuit: Circuit['kind']; readonly inFlight: number; readonly streams: number };
}

/** All upstreams. */
export interface Upstreams {
  of(name: WorkloadName): Upstream;
  all(): readonly Upstream[];
  close(): Promise<void>;
}

// Services close an idle connection after 75 s; ours must go first.
const keepAliveMs = 30_000;
const connectMs = 2_000;

/** Opens pools to the origins given, by workload. Connections are made on demand. */
export function createUpstreams(
  origins: ReadonlyMap<WorkloadName, string>,
  options: UpstreamOptions,
): Upstreams {
  const pools: Pool[] = [];
  const upstreams = new Map(
    [...origins].map(([name, origin]) => {
      const answers = openPool(origin, options.connections);
      const streams = openPool(origin, options.maxStreams);
      pools.push(answers, streams);
      return [name, createUpstream(name, answers, streams, options)] as const;
    }),
  );
  return {
    of: (name) => {
      const upstream = upstreams.get(name);
      if (upstream === undefined) throw new Error(`no upstream ${name}`);
      return upstream;
    },
    all: () => [...upstreams.values()],
    close: async () => {
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}

function openPool(origin: string, connections: number): Pool {
  return new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    connect: { timeout: connectMs },
    // Deadlines are the gateway's own and end the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function createUpstream(
  name: WorkloadName,
  answers: Dispatcher,
  streams: Dispatcher,
  options: UpstreamOptions,
): Upstream {
  let circuit = closedCircuit(performance.now());
  const underWay = { answers: 0, streams: 0 };
  return {
    name,
    dispatcher: (isStream) => (isStream ? streams : answers),
    begin: (isStream) => {
      const isFull = isStream
        ? underWay.streams >= options.maxStreams
        : underWay.answers >= options.maxInFlight;
      if (isFull) throw new Problem('overloaded', { retryAfter: 1 });
      const permission = ask(circuit, performance.now());
      circuit = permission.circuit;
      if (!permission.isAllowed) {
        const retryAfter = Math.max(1, Math.ceil(permission.retryMs / 1000));
        throw new Problem('upstream-unavailable', { retryAfter });
      }
      underWay[isStream ? 'streams' : 'answers'] += 1;
    },
    end: (isStream) => {
      underWay[isStream ? 'streams' : 'answers'] -= 1;
    },
    report: (outcome) => {
      circuit = record(circuit, outcome, performance.now(), defaultRules);
    },
    state: () => ({ circuit: circuit.kind, inFlight: underWay.answers, streams: underWay.streams }),
  };
}
