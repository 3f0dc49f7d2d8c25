import type { RunningPlatform } from '../../tools/platform/start-platform.ts';
import { startThrowAwayPlatform } from '../../load/drill/stage/throw-away-platform.ts';

/** Longer than any run, in the unit of the variable. */
const never = '2147483647';

// Nothing may happen by itself while rows are compared: what has an interval waits, and nobody is refused for asking often.
const environment = {
  ...Object.fromEntries(
    ['AUTH', 'QUEUE', 'BOOKING', 'GENERAL'].map((name) => [`RATE_LIMIT_${name}_PER_MINUTE`, '10000000']),
  ),
  LOG_LEVEL: 'error',
  PASSWORD_HASH_MEMORY_KIB: '1024',
  PASSWORD_HASH_PASSES: '1',
  SIGN_IN_FREE_FAILURES_PER_ACCOUNT: '1000000',
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: '1000000',
  QUEUE_CLAIM_SECONDS: '3600',
  CHECKOUT_MEASURE_INTERVAL_MS: never,
  LEDGER_COMPARE_INTERVAL_MS: never,
  // What a request does set off is over soon.
  QUEUE_CATALOG_POLL_MS: '50',
  SWEEP_INTERVAL_MS: '50',
  RECONCILE_INTERVAL_MS: '50',
};

/** Starts a platform of its own on which rows change by requests alone. */
export function startStillPlatform(): Promise<{
  readonly platform: RunningPlatform;
  discard(): Promise<void>;
}> {
  return startThrowAwayPlatform({ environment, keepsState: false });
}
