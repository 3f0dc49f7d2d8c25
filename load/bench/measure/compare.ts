import type { Volley } from '../client/volley.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { type Spread, spreadOf } from './spread.ts';

/** One of two things compared: who serves it, and how to measure it once from a state like every other time's. */
export interface Side {
  readonly name: string;
  /** Running while this side is measured; the other side's are stopped meanwhile, because they share the cores. */
  readonly servers: readonly Pick<ServerProcess, 'pause' | 'resume' | 'crashed'>[];
  measure(): Promise<Volley>;
}

/** A side over all rounds. */
export interface SideFigures {
  readonly name: string;
  readonly perSecond: Spread;
  /** Largest share of its core that the client used; near 1 the client limits, not the server. */
  readonly clientBusy: number;
  readonly bytesPerAnswer: number;
}

/** Two sides compared: the spread of the ratios, one per round. */
export interface Comparison {
  readonly ratio: Spread;
  readonly ratios: readonly number[];
  readonly measured: SideFigures;
  readonly reference: SideFigures;
}

/** Measures `measured`, `reference`, `measured`, …; the first round warms both up and does not count. */
export async function compare(measured: Side, reference: Side, rounds: number): Promise<Comparison> {
  await measureSide(measured, reference);
  await measureSide(reference, measured);
  const volleys: { measured: Volley; reference: Volley }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = await measureSide(measured, reference);
    const second = await measureSide(reference, measured);
    volleys.push({ measured: first, reference: second });
  }
  for (const server of [...measured.servers, ...reference.servers]) server.resume();
  const ratios = volleys.map((volley) => volley.measured.perSecond / volley.reference.perSecond);
  return {
    ratio: spreadOf(ratios),
    ratios,
    measured: figuresOf(
      measured.name,
      volleys.map((volley) => volley.measured),
    ),
    reference: figuresOf(
      reference.name,
      volleys.map((volley) => volley.reference),
    ),
  };
}

async function measureSide(side: Side, other: Side): Promise<Volley> {
  for (const server of other.servers) if (!side.servers.includes(server)) server.pause();
  for (const server of side.servers) server.resume();
  return Promise.race([side.measure(), ...side.servers.map((server) => server.crashed)]);
}

function figuresOf(name: string, volleys: readonly Volley[]): SideFigures {
  return {
    name,
    perSecond: spreadOf(volleys.map((volley) => volley.perSecond)),
    clientBusy: Math.max(...volleys.map((volley) => volley.clientBusy)),
    bytesPerAnswer: spreadOf(volleys.map((volley) => volley.bytesPerAnswer)).median,
  };
}
