import { setTimeout as sleep } from 'node:timers/promises';
import type { StateDocument } from '@urr/contracts/queue.ts';
import { type Agenda, createAgenda } from './engine/agenda.ts';
import type { FanRequest } from './engine/action.ts';
import type { Client } from './engine/client.ts';
import type { Latencies } from './engine/latencies.ts';
import { type Engine, scheduleVisits } from './engine/run-fans.ts';
import { type Counted, createFanContext, type Ending, type FanContext, type World } from './fan-context.ts';
import { fanLife } from './fan.ts';
import type { Fan } from './population.ts';
import type { LiveFigures } from './progress.ts';
import type { Registered } from './stage/register-fans.ts';

/** One run of the fans against one sale. */
export interface SaleRun {
  readonly contexts: readonly FanContext[];
  readonly endings: ReadonlyMap<Ending, number>;
  readonly refusals: ReadonlyMap<string, number>;
  figures(): LiveFigures;
  /** Resolves when all are settled, the sale is sold out and quiet, or the time is up; then nobody acts any more. */
  finished(limits: { readonly endsAtMs: number; readonly signal: AbortSignal }): Promise<RunEnd>;
}

/** Why a run ended. */
export type RunEnd = 'sold-out' | 'nobody-left' | 'time-limit' | 'interrupted';

/** What a run is made of. */
export interface SaleRunParts {
  readonly eventId: string;
  readonly seed: number;
  readonly fans: readonly Fan[];
  readonly accounts: readonly Registered[];
  readonly client: Client;
  readonly latencies: Latencies;
  /** Opening of the sale on `performance.now()`'s clock. */
  readonly opensAtMs: number;
}

interface RunState {
  arrived: number;
  ended: number;
  inside: number;
  isOver: boolean;
  isStopped: boolean;
  latest: StateDocument | undefined;
  /** Since when nothing is left and nobody holds anything. */
  quietSinceMs: number | undefined;
  defect: unknown;
  readonly counted: Record<Counted, number>;
  readonly endings: Map<Ending, number>;
  readonly refusals: Map<string, number>;
}

// Stock reaches the line's document by way of two services, each up to a second old.
const quietMs = 5_000;

/** Puts the fans on the agenda; they begin by themselves. */
export function startSaleRun(parts: SaleRunParts): SaleRun {
  const state = emptyState();
  const agenda = createAgenda();
  const world = worldOf(parts, state);
  const contexts = parts.fans.map((fan) => createFanContext(fan, world));
  const engine = engineOf(parts, agenda, state);
  scheduleVisits(
    engine,
    contexts.map((context, index) => visitOf(parts, state, context, index)),
  );
  return {
    contexts,
    endings: state.endings,
    refusals: state.refusals,
    figures: () => figuresOf(parts, state),
    finished: async (limits) => {
      const end = await watchUntilEnd(parts, state, limits);
      state.isOver = true;
      // Who is inside may finish.
      const graceEndsAt = performance.now() + 10_000;
      while (state.inside > 0 && performance.now() < graceEndsAt && end !== 'interrupted') await sleep(100);
      state.isStopped = true;
      agenda.clear();
      endTheRest(parts.fans.length, state);
      return end;
    },
  };
}

function emptyState(): RunState {
  return {
    arrived: 0,
    ended: 0,
    inside: 0,
    isOver: false,
    isStopped: false,
    latest: undefined,
    quietSinceMs: undefined,
    defect: undefined,
    counted: { admitted: 0, held: 0, released: 0, paid: 0 },
    endings: new Map(),
    refusals: new Map(),
  };
}

function worldOf(parts: SaleRunParts, state: RunState): World {
  return {
    eventId: parts.eventId,
    seed: parts.seed,
    layouts: new Map(),
    wallClockMs: () => Date.now(),
    isOver: () => state.isOver,
    observe: (document) => (state.latest = document),
    count: (what) => {
      state.counted[what] += 1;
      if (what === 'admitted') state.inside += 1;
    },
  };
}

function engineOf(parts: SaleRunParts, agenda: Agenda, state: RunState): Engine {
  return {
    agenda,
    client: parts.client,
    latencies: parts.latencies,
    refused: (_request, code) => state.refusals.set(code, (state.refusals.get(code) ?? 0) + 1),
    failed: (error) => (state.defect ??= error),
    isStopped: () => state.isStopped,
  };
}

function visitOf(parts: SaleRunParts, state: RunState, context: FanContext, index: number) {
  const account = parts.accounts[index];
  if (account === undefined) throw new Error(`fan ${index} has no account`);
  return {
    fan: context.fan,
    beginsAtMs: parts.opensAtMs + context.fan.profile.arrival.offsetMs,
    begin: () => {
      state.arrived += 1;
      return fanLife(context);
    },
    headersOf: (request: FanRequest) => headersOf(account, request),
    ended: (ending: Ending) => {
      state.ended += 1;
      if (isEndingInside(ending)) state.inside -= 1;
      addEnding(state, ending);
    },
  };
}

// With these every fan has one ending, whose sum is the crowd.
function endTheRest(fans: number, state: RunState): void {
  const waiting = fans - state.ended - state.inside;
  addEnding(state, 'still-waiting', waiting);
  addEnding(state, 'cut-off-inside', state.inside);
}

function addEnding(state: RunState, ending: Ending, count = 1): void {
  if (count > 0) state.endings.set(ending, (state.endings.get(ending) ?? 0) + count);
}

const outsideEndings = new Set<Ending>(['left-line', 'still-waiting']);

function isEndingInside(ending: Ending): boolean {
  return !outsideEndings.has(ending) && !ending.startsWith('refused at the door');
}

// A shared document is fetched without a session, as a cache in front of the platform would see it.
function headersOf(account: Registered, request: FanRequest): Readonly<Record<string, string>> {
  const [first = {}, second = first] = account.headers;
  const headers = request.isFromOtherDevice === true ? second : first;
  if (request.target === 'simulator') return {};
  if (request.isShared !== true) return headers;
  const { authorization: _authorization, ...anonymous } = headers;
  return anonymous;
}

async function watchUntilEnd(
  parts: SaleRunParts,
  state: RunState,
  limits: { readonly endsAtMs: number; readonly signal: AbortSignal },
): Promise<RunEnd> {
  for (;;) {
    if (state.defect !== undefined) throw new Error('A fan could not go on', { cause: state.defect });
    if (limits.signal.aborted) return 'interrupted';
    if (state.ended === parts.fans.length) return 'nobody-left';
    if (performance.now() > limits.endsAtMs) return 'time-limit';
    if (isQuiet(state)) return 'sold-out';
    await sleep(200);
  }
}

function isQuiet(state: RunState): boolean {
  const isEmpty = leftOf(state) === 0 && openHoldsOf(state) === 0;
  if (!isEmpty) state.quietSinceMs = undefined;
  else state.quietSinceMs ??= performance.now();
  return state.quietSinceMs !== undefined && performance.now() - state.quietSinceMs > quietMs;
}

function leftOf({ latest }: RunState): number | undefined {
  if (latest?.stock === undefined) return latest?.phase === 'soldout' ? 0 : undefined;
  return Object.values(latest.stock).reduce((sum, left) => sum + left, 0);
}

function openHoldsOf({ counted }: RunState): number {
  return counted.held - counted.paid - counted.released;
}

function figuresOf(parts: SaleRunParts, state: RunState): LiveFigures {
  return {
    secondsFromOpening: (performance.now() - parts.opensAtMs) / 1_000,
    phase: state.latest?.phase ?? '…',
    arrived: state.arrived,
    waiting: state.arrived - state.ended - state.inside,
    counted: state.counted,
    left: leftOf(state),
    openHolds: openHoldsOf(state),
    holdP99Ms: parts.latencies.of(...holdSteps).p99,
    refusals: state.refusals,
  };
}

/** Steps that hold places. */
export const holdSteps = ['reserveSeats', 'reserveBestAvailable', 'reservePlaces'] as const;
