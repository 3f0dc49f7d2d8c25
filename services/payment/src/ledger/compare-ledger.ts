import type { LedgerComparison } from '@urr/contracts/payment-shapes.ts';
import type { Provider } from '../toss/provider.ts';
import type { TossTransaction } from '../toss/toss-payment.ts';
import type { BookedMovement, LedgerStore } from './store.ts';

export interface CompareDeps {
  readonly ledger: LedgerStore;
  readonly provider: Pick<Provider, 'transactions'>;
}

/** Entries a list of the report shows at most; its totals count all. */
const mostShown = 100;

/** Matches the provider's transactions of one Korean day with ours, both ways, by transaction key. */
export async function compareLedger(deps: CompareDeps, day: string): Promise<LedgerComparison> {
  const unmatched = new Map((await deps.ledger.ofDay(day)).map((booked) => [booked.transactionKey, booked]));
  const ledgerTotal = totalOf(unmatched.values());
  const missingInLedger: BookedMovement[] = [];
  const amountsDiffer: BookedMovement[] = [];
  let matched = 0;
  let providerTotal = 0;
  for await (const page of deps.provider.transactions(`${day}T00:00:00.000`, `${day}T23:59:59.999`)) {
    const booked = await deps.ledger.byTransactionKeys(page.map(({ transactionKey }) => transactionKey));
    const byKey = new Map(booked.map((entry) => [entry.transactionKey, entry]));
    for (const moved of page.map(movementOf)) {
      providerTotal += moved.amount;
      unmatched.delete(moved.transactionKey);
      const ours = byKey.get(moved.transactionKey);
      if (ours === undefined) missingInLedger.push(moved);
      else if (ours.amount !== moved.amount) amountsDiffer.push(moved);
      else matched += 1;
    }
  }
  return {
    day,
    matched,
    ledgerTotal,
    providerTotal,
    difference: providerTotal - ledgerTotal,
    missingInLedger: missingInLedger.slice(0, mostShown),
    missingAtProvider: [...unmatched.values()].slice(0, mostShown),
    amountsDiffer: amountsDiffer.slice(0, mostShown),
  };
}

export function isExact(comparison: LedgerComparison): boolean {
  const { difference, missingInLedger, missingAtProvider, amountsDiffer } = comparison;
  return difference === 0 && missingInLedger.length + missingAtProvider.length + amountsDiffer.length === 0;
}

// An approval is DONE; every other row is money going back. Its sign is not documented, so the status decides.
function movementOf({ transactionKey, orderId, status, amount }: TossTransaction): BookedMovement {
  return { transactionKey, orderId, amount: status === 'DONE' ? Math.abs(amount) : -Math.abs(amount) };
}

function totalOf(entries: Iterable<BookedMovement>): number {
  let total = 0;
  for (const { amount } of entries) total += amount;
  return total;
}
