import { compareLedger as compareLedgerRoute } from '@urr/contracts/payment.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import { compareLedger, type CompareDeps } from './compare-ledger.ts';

export function serveLedger(server: ServeDeps, deps: CompareDeps): void {
  let isComparing = false;
  serve(server, compareLedgerRoute, async ({ query }) => {
    // It pages through a whole day: one at a time.
    if (isComparing) throw new Problem('overloaded', { retryAfter: 5 });
    isComparing = true;
    try {
      return await compareLedger(deps, query.day ?? (await deps.ledger.koreanDay(0)));
    } catch (error) {
      throw new Problem('upstream-unavailable', { retryAfter: 10, cause: error });
    } finally {
      isComparing = false;
    }
  });
}
