import { setTimeout as sleep } from 'node:timers/promises';
import { mergeVolleys, type Volley } from '../client/volley.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { type Spread, spreadOf } from './spread.ts';

const crashNoticeMs = 250;

type Measured = Pick<ServerProcess, 'pause' | 'resume' | 'crashed' | 'lastWords' | 'processorSeconds'>;

/** One of two things compared: who serves it, and how to measure it once. */
export interface Side {
  readonly name: string;
  /** Running while this side is measured; the other side's are stopped meanwhile, because they share the cores. */
  readonly servers: readonly Measured[];
  /** Brings it into a state like every other time's. */
  prepare?(): Promise<void>;
  measure(): Promise<Volley>;
}

/** A side over all rounds. */
export interface SideFigures {
  readonly name: string;
  readonly perSecond: Spread;
  /** Largest share of its core that the client used; near 1 the client limits, not the server. */
  readonly clientBusy: number;
  readonly bytesPerAnswer: number;
  /** Processor time of its first server, per answer: it says what an answer costs even where cores are shared. */
  readonly serverMicroseconds: number | undefined;
}

/** Two sides compared: the spread of the ratios, one per round. */
export interface Comparison {
  readonly ratio: Spread;
  readonly ratios: readonly number[];
  readonly measured: SideFigures;
  readonly reference: SideFigures;
}

/**
 * Measures `measured`, `reference`, `measured`, …; the first round warms both up and does not count. With several turns
 * a round is that many short looks at each side, in the order ABBA, so that a machine that is faster or slower for a
 * second is so for both.
 */
export async function compare(
  measured: Side,
  reference: Side,
  rounds: number,
  turns = 1,
): Promise<Comparison> {
  return comparisonOf(
    [measured.name, reference.name],
    await measureRounds(measured, reference, rounds, turns),
  );
}

/** Two sides whose servers have just started. */
export interface FreshSides {
  readonly measured: Side;
  readonly reference: Side;
  readonly stop: () => Promise<void>;
}

/**
 * Like `compare`, with servers started anew for each round. What Node.js has compiled well and what not is decided while a
 * process is young, differs from one to the next and lasts; where a floor is tight, two processes are no fair sample.
 */
export async function compareAnew(
  names: readonly [measured: string, reference: string],
  start: () => Promise<FreshSides>,
  rounds: number,
  turns: number,
): Promise<Comparison> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { measured, reference, stop } = await start();
    try {
      pairs.push(...(await measureRounds(measured, reference, 1, turns)));
    } finally {
      await stop();
    }
  }
  return comparisonOf(names, pairs);
}

interface Measurement {
  readonly volley: Volley;
  readonly serverMicroseconds: number | undefined;
}

interface Pair {
  readonly measured: Measurement;
  readonly reference: Measurement;
}

async function measureRounds(
  measured: Side,
  reference: Side,
  rounds: number,
  turns: number,
): Promise<Pair[]> {
  await measureSide(measured, reference);
  await measureSide(reference, measured);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await measureRound(measured, reference, turns));
  for (const server of [...measured.servers, ...reference.servers]) server.resume();
  return pairs;
}

function comparisonOf([measured, reference]: readonly [string, string], pairs: readonly Pair[]): Comparison {
  const ratios = pairs.map((pair) => pair.measured.volley.perSecond / pair.reference.volley.perSecond);
  return {
    ratio: spreadOf(ratios),
    ratios,
    measured: figuresOf(
      measured,
      pairs.map((pair) => pair.measured),
    ),
    reference: figuresOf(
      reference,
      pairs.map((pair) => pair.reference),
    ),
  };
}

async function measureRound(measured: Side, reference: Side, turns: number): Promise<Pair> {
  const looks: { readonly measured: Measurement[]; readonly reference: Measurement[] } = {
    measured: [],
    reference: [],
  };
  for (let turn = 0; turn < turns; turn += 1) {
    const lookAtReference = async () => looks.reference.push(await measureSide(reference, measured));
    if (turn % 2 === 1) await lookAtReference();
    looks.measured.push(await measureSide(measured, reference));
    if (turn % 2 === 0) await lookAtReference();
  }
  return { measured: merged(looks.measured), reference: merged(looks.reference) };
}

function merged(measurements: readonly Measurement[]): Measurement {
  const costs = measurements.flatMap(({ serverMicroseconds }) => serverMicroseconds ?? []);
  return {
    volley: mergeVolleys(measurements.map(({ volley }) => volley)),
    serverMicroseconds: costs.length === 0 ? undefined : spreadOf(costs).median,
  };
}

async function measureSide(side: Side, other: Side): Promise<Measurement> {
  for (const server of other.servers) if (!side.servers.includes(server)) server.pause();
  for (const server of side.servers) server.resume();
  const crashes = side.servers.map((server) => server.crashed);
  return Promise.race([measureOnce(side), ...crashes]).catch(async (error: unknown) => {
    // The client sees a crash as a lost connection a moment before the server's end is known.
    await Promise.race([...crashes, sleep(crashNoticeMs)]);
    if (!(error instanceof Error)) throw error;
    error.message = `${side.name}: ${error.message} Its log ends: ${side.servers[0]?.lastWords() ?? ''}`;
    throw error;
  });
}

async function measureOnce(side: Side): Promise<Measurement> {
  await side.prepare?.();
  const usedBefore = side.servers[0]?.processorSeconds();
  const volley = await side.measure();
  const used = side.servers[0]?.processorSeconds();
  if (used === undefined || usedBefore === undefined) return { volley, serverMicroseconds: undefined };
  return { volley, serverMicroseconds: ((used - usedBefore) * 1e6) / volley.answersInAll };
}

function figuresOf(name: string, measurements: readonly Measurement[]): SideFigures {
  const volleys = measurements.map((measurement) => measurement.volley);
  const costs = measurements.flatMap(({ serverMicroseconds }) => serverMicroseconds ?? []);
  return {
    name,
    perSecond: spreadOf(volleys.map((volley) => volley.perSecond)),
    clientBusy: Math.max(...volleys.map((volley) => volley.clientBusy)),
    bytesPerAnswer: spreadOf(volleys.map((volley) => volley.bytesPerAnswer)).median,
    serverMicroseconds: costs.length === 0 ? undefined : spreadOf(costs).median,
  };
}
