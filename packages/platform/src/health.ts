import { withDeadline } from './deadline.ts';

/** Checks one dependency; a throw or a late answer means: not ready. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<unknown>;
  /** False for what the service can do without for a while: its state is told, and requests go on. */
  readonly isVital?: boolean;
}

/** Outcome of all checks. */
export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: Readonly<Record<string, 'up' | 'down'>>;
}

const checkDeadlineMs = 2_000;

/** Runs all checks side by side, each within two seconds. */
export async function readiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const states = await Promise.all(
    checks.map(async ({ name, check, isVital = true }) => ({ name, isVital, state: await stateOf(check) })),
  );
  return {
    isReady: states.every(({ state, isVital }) => state === 'up' || !isVital),
    dependencies: Object.fromEntries(states.map(({ name, state }) => [name, state])),
  };
}

async function stateOf(check: () => Promise<unknown>): Promise<'up' | 'down'> {
  try {
    await withDeadline(check(), checkDeadlineMs, 'the check');
    return 'up';
  } catch {
    return 'down';
  }
}
