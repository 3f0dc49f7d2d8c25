import { compareLedger, isExact } from '../ledger/compare-ledger.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { Provider } from '../toss/provider.ts';
import type { Stage } from './stage.ts';

interface Row {
  readonly id: string;
  readonly order_id: string;
  readonly reservation_id: string;
  readonly state: string;
  readonly amount: number;
  readonly refunded_amount: number;
  readonly receivable: number;
  readonly deposits: number;
}

/** Every disagreement between the provider's money, our ledger and ticket-service's tickets, in words. */
export async function auditMoney(stage: Stage): Promise<string[]> {
  const rows =
    (await stage.query(`SELECT a.id, a.order_id, a.reservation_id, a.state, a.amount::int, a.refunded_amount::int,
      coalesce(sum(CASE 'provider-receivable' WHEN e.debit THEN e.amount WHEN e.credit THEN -e.amount END), 0)::int AS receivable,
      coalesce(sum(CASE 'buyer-deposits' WHEN e.debit THEN -e.amount WHEN e.credit THEN e.amount END), 0)::int AS deposits
    FROM payment_attempts a LEFT JOIN ledger_entries e ON e.payment_id = a.id GROUP BY a.id`)) as unknown as Row[];
  const faults: string[] = [];
  for (const row of rows) faults.push(...(await auditPayment(stage, row)));
  return faults;
}

async function auditPayment(stage: Stage, row: Row): Promise<string[]> {
  const payments = await stage.provider.paymentsOf(row.order_id);
  const charged = payments.filter(({ approvals }) => approvals > 0);
  const balance = charged.reduce((sum, payment) => sum + payment.balanceAmount, 0);
  const approvals = charged.reduce((sum, payment) => sum + payment.approvals, 0);
  const tickets = stage.tickets.ticketsOf(row.reservation_id).length;
  const isFulfilled = row.state === 'fulfilled';
  const checks: readonly (readonly [boolean, string])[] = [
    [approvals <= 1, `charged ${approvals} times`],
    [balance === row.receivable, `provider holds ${balance}, ledger says ${row.receivable}`],
    [row.deposits === 0, `${row.deposits} won paid without a ticket`],
    [!isFulfilled || (tickets > 0 && balance > 0), `fulfilled with ${tickets} tickets and ${balance} won`],
    [isFulfilled || balance === 0, `${balance} won held in state ${row.state}`],
    [!['confirming', 'unknown', 'captured', 'refunding'].includes(row.state), `stuck in ${row.state}`],
  ];
  return checks.filter(([holds]) => !holds).map(([, text]) => `${row.order_id}: ${text}`);
}

/** True when every transaction of the provider stands in the ledger and the other way round. */
export async function ledgerIsExact(deps: { ledger: LedgerStore; provider: Provider }): Promise<boolean> {
  const day = await deps.ledger.koreanDay(0);
  return isExact(await compareLedger(deps, day));
}
