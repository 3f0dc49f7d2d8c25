import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../drill/engine/random.ts';
import type { Victim, Victims } from './victims.ts';

/** One kill. */
export interface Kill {
  readonly victim: string;
  readonly isRestarted: boolean;
  readonly pid: number;
  readonly during: string;
  /** From the kill until the victim served again; absent when another kill came first. Milliseconds. */
  readonly servedAfterMs: number | undefined;
}

/** How fast they fall, and the name of what they disturb. */
interface Pace {
  readonly during: string;
  /** Longest time a platform works undisturbed between two kills. Milliseconds. */
  readonly longestQuietMs: number;
}

/** Kills of one run. */
export interface KillSpree {
  readonly kills: readonly Kill[];
  /** Kills `count` processes, one after another, until the signal. */
  run(count: number, pace: Pace, signal?: AbortSignal): Promise<void>;
}

/** Who falls, and how often: in every round each name of the bag falls once. */
export interface Targets {
  readonly victims: Victims;
  readonly bag: readonly string[];
}

/** What falls most often is what has most to lose. */
export const embeddedBag: readonly string[] = [
  'sale',
  'sale',
  'sale',
  'postgresql',
  'postgresql',
  'postgresql-backend',
  'postgresql-backend',
  'edge',
  'edge',
  'toss-simulator',
];
const backDeadlineMs = 60_000;
const secondBlowShare = 0.2;
const pollMs = 20;
const shortestQuietMs = 100;
/** Milliseconds after which a second blow follows the first. */
const secondBlow = { from: 50, to: 900 } as const;

/** Prepares kills at random moments; after each round `between` runs, which may throw. */
export function createKillSpree(
  { victims, bag }: Targets,
  random: Random,
  between: () => Promise<void>,
): KillSpree {
  const kills: Kill[] = [];
  const names = drawNames(bag, random);
  const strike = async ({ during, longestQuietMs }: Pace): Promise<void> => {
    await sleep(random.between(shortestQuietMs, longestQuietMs));
    const victim = victims.get(names.next().value);
    if (victim === undefined) throw new Error('There is no such victim');
    const pid = await killPatiently(victim);
    const { name, isRestarted } = victim;
    const killedAtMs = performance.now();
    if (random.chance(secondBlowShare)) {
      kills.push({ victim: name, isRestarted, pid, during, servedAfterMs: undefined });
      await sleep(random.between(secondBlow.from, secondBlow.to));
      return;
    }
    await servesAgain(victim);
    kills.push({ victim: name, isRestarted, pid, during, servedAfterMs: performance.now() - killedAtMs });
    if (kills.length % bag.length === 0) await between();
  };
  return {
    kills,
    run: async (count, pace, signal) => {
      const first = kills.length;
      while (kills.length - first < count && signal?.aborted !== true) await strike(pace);
    },
  };
}

// Shuffled bags rather than single draws: in every round each kind falls.
function* drawNames(bag: readonly string[], random: Random): Generator<string, never> {
  for (;;) {
    const left = [...bag];
    while (left.length > 0) yield* left.splice(random.between(0, left.length - 1), 1);
  }
}

async function killPatiently(victim: Victim): Promise<number> {
  const endsAt = performance.now() + backDeadlineMs;
  while (performance.now() < endsAt) {
    const pid = await victim.kill();
    if (pid !== undefined) return pid;
    await sleep(pollMs);
  }
  throw new Error(`${victim.name} does not run any more`);
}

async function servesAgain(victim: Victim): Promise<void> {
  const endsAt = performance.now() + backDeadlineMs;
  // A killed backend may not have been missed yet.
  await sleep(pollMs);
  while (!(await victim.isServing())) {
    if (performance.now() > endsAt) throw new Error(`${victim.name} did not serve again`);
    await sleep(pollMs);
  }
}
