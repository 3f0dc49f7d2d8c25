import type { Logger } from '@urr/platform/logger.ts';
import { compareLedger, type CompareDeps, isExact } from './compare-ledger.ts';

export interface DailyDeps extends CompareDeps {
  readonly logger: Logger;
  /** Told the difference in won. */
  readonly report: (difference: number, isExact: boolean) => void;
}

/** Compares yesterday once, on one replica. It may be called as often as one likes. */
export async function compareYesterday(deps: DailyDeps): Promise<void> {
  const day = await deps.ledger.koreanDay(1);
  if (!(await deps.ledger.claimDay(day))) return;
  const comparison = await compareLedger(deps, day);
  await deps.ledger.keepComparison(comparison);
  deps.report(comparison.difference, isExact(comparison));
  if (!isExact(comparison)) deps.logger.error({ comparison }, 'our ledger and the provider differ');
}
