import { randomInt } from 'node:crypto';

/** How big one chaos run is. */
export interface ChaosConfig {
  /** Processes killed in all. */
  readonly killPoints: number;
  /** The same seed draws the same victims and pauses; what they hit differs. */
  readonly seed: number;
  /** Keeps the platform's folder for a look at its logs. */
  readonly keepsState: boolean;
}

const quickKillPoints = 10;

/** Reads `CHAOS_KILL_POINTS` (10 when absent: a quick run) `CHAOS_SEED` (a new one when absent) and `CHAOS_KEEP`. */
export function readChaosConfig(environment: Readonly<Record<string, string | undefined>>): ChaosConfig {
  return {
    killPoints: wholeNumber(environment, 'CHAOS_KILL_POINTS', quickKillPoints),
    seed: wholeNumber(environment, 'CHAOS_SEED', randomInt(2 ** 32)),
    keepsState: environment['CHAOS_KEEP'] === '1',
  };
}

function wholeNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const text = environment[name];
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw new Error(`${name} must be a whole number, not "${text}"`);
}
