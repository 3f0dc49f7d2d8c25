import type { Ledger } from './ledger.ts';
import type { Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';
import { deposit, takeBackDeposit } from './virtual-account.ts';

const shown = 50;
const scanned = 5000;

type DepositAction = 'deposit' | 'cancel-deposit';

export function parseDepositAction(value: unknown): DepositAction {
  if (value === 'deposit' || value === 'cancel-deposit') return value;
  throw new ProviderError('INVALID_REQUEST', 'action');
}

/** The bank's side of a virtual account. */
export function moveDeposit(ledger: Ledger, paymentKey: string, action: DepositAction): Payment {
  ledger.expireDue();
  const payment = ledger.book.payment(paymentKey);
  if (payment === undefined) throw new ProviderError('NOT_FOUND_PAYMENT');
  const move = action === 'deposit' ? deposit : takeBackDeposit;
  const change = move(payment, ledger.clock.now());
  ledger.record({ change });
  return change.payment;
}

/** Accounts which wait for a deposit or hold one, newest first, among the latest payments. */
export function recentAccounts(ledger: Ledger): Payment[] {
  ledger.expireDue();
  const from = Math.max(0, ledger.book.size() - scanned);
  return ledger.book
    .page(from, scanned)
    .filter(
      ({ status, virtualAccount }) =>
        virtualAccount !== null && (status === 'WAITING_FOR_DEPOSIT' || status === 'DONE'),
    )
    .reverse()
    .slice(0, shown);
}
