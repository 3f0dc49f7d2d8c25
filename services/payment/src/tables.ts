import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import type { ColumnType, Generated } from 'kysely';
import type { AttemptState } from './lifecycle/payment-state.ts';
import type { RefundState } from './lifecycle/refund-state.ts';

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;

type LedgerAccount = 'provider-receivable' | 'buyer-deposits' | 'organiser-sales';

/** Row types of `migrations/`; statements are written in SQL, these type what Kysely builds. */
export interface PaymentTables extends PlatformTables {
  customers: { account_id: string; customer_key: string };
  payment_attempts: {
    id: string;
    order_id: string;
    reservation_id: string;
    event_id: string;
    account_id: string;
    amount: number;
    order_name: string;
    accept_equal_seats: boolean;
    state: AttemptState;
    hold_expires_at: Instant;
    payment_key: string | null;
    confirm_key: string;
    confirm_generation: number;
    confirm_answer: string | null;
    failure_code: string | null;
    failure_message: string | null;
    transaction_key: string | null;
    deposit_secret: string | null;
    ticket_ids: string[] | null;
    refunded_amount: number;
    changed_by: string;
    created_at: Instant;
    confirming_at: Instant | null;
    captured_at: Instant | null;
    ended_at: Instant | null;
    last_cancel_at: Instant | null;
    next_check_at: Instant | null;
    checks: number;
  };
  refunds: {
    id: string;
    payment_id: string;
    reason: 'buyer' | 'lost-hold' | 'event-cancelled';
    requested_ticket_ids: string[] | null;
    ticket_ids: string[];
    amount: number | null;
    state: RefundState;
    balance_before: number | null;
    cancel_key: string;
    cancel_generation: number;
    is_key_spent: boolean;
    failure_code: string | null;
    failure_message: string | null;
    transaction_key: string | null;
    changed_by: string;
    created_at: Instant;
    ended_at: Instant | null;
    next_check_at: Instant | null;
    checks: number;
  };
  ledger_entries: {
    id: Generated<number>;
    kind: 'capture' | 'fulfilment' | 'refund';
    payment_id: string;
    refund_id: string | null;
    debit: LedgerAccount;
    credit: LedgerAccount;
    amount: number;
    transaction_key: string | null;
    provider_at: Instant | null;
    booked_at: Instant;
  };
  ledger_comparisons: {
    day: string;
    claimed_until: Instant;
    compared_at: Instant | null;
    difference: number | null;
    report: ColumnType<unknown, string, string> | null;
  };
  webhook_deliveries: { transmission_id: string; order_id: string; received_at: Instant };
}
