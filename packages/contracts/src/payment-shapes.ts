import { type Static, Type } from 'typebox';
import { Nullable, Timestamp, Uuid, Won } from './primitives.ts';

/** Order number shown to the provider: one per payment. */
export const OrderId = Type.String({ pattern: '^[A-Za-z0-9_-]{6,64}$' });
/** A payment as its buyer sees it. `checking`: the outcome will be known shortly; do not pay again. */
export const PaymentState = Type.Union([
  Type.Literal('open'),
  Type.Literal('checking'),
  Type.Literal('confirmed'),
  Type.Literal('refunding'),
  Type.Literal('refunded'),
  Type.Literal('failed'),
  Type.Literal('expired'),
]);
export type PaymentState = Static<typeof PaymentState>;

/** One refund. `checking`: it is on its way. */
export const RefundView = Type.Object({
  refundId: Uuid,
  state: Type.Union([Type.Literal('checking'), Type.Literal('refunded'), Type.Literal('rejected')]),
  amount: Nullable(Won),
  ticketIds: Type.Array(Uuid),
  reason: Type.Union([Type.Literal('buyer'), Type.Literal('lost-hold'), Type.Literal('event-cancelled')]),
  code: Nullable(Type.String({ description: 'Why it was rejected' })),
  createdAt: Timestamp,
});
export type RefundView = Static<typeof RefundView>;

/** One payment with its refunds. */
export const PaymentView = Type.Object({
  paymentId: Uuid,
  orderId: OrderId,
  reservationId: Uuid,
  eventId: Uuid,
  orderName: Type.String(),
  amount: Won,
  refundedAmount: Won,
  state: PaymentState,
  ticketIds: Type.Array(Uuid),
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  createdAt: Timestamp,
  refunds: Type.Array(RefundView),
});
export type PaymentView = Static<typeof PaymentView>;

/** Outcome of a confirmation within the time an answer may take. */
export const ConfirmOutcome = Type.Object({
  paymentId: Uuid,
  state: PaymentState,
  ticketIds: Type.Array(Uuid),
});
export type ConfirmOutcome = Static<typeof ConfirmOutcome>;

const UnmatchedTransaction = Type.Object({
  transactionKey: Type.String(),
  orderId: Type.String(),
  amount: Type.Integer({ description: 'Won; negative for money given back' }),
});

/** Our ledger against the provider's transactions of one Korean day. */
export const LedgerComparison = Type.Object({
  day: Type.String(),
  matched: Type.Integer(),
  ledgerTotal: Type.Integer(),
  providerTotal: Type.Integer(),
  difference: Type.Integer({ description: 'Provider less ledger; must be 0' }),
  missingInLedger: Type.Array(UnmatchedTransaction),
  missingAtProvider: Type.Array(UnmatchedTransaction),
  amountsDiffer: Type.Array(UnmatchedTransaction),
});
export type LedgerComparison = Static<typeof LedgerComparison>;

/** Payments of one event that were begun in a window, by what has become of them, and the money given back in it. */
export const PaymentFigures = Type.Object({
  eventId: Uuid,
  now: Timestamp,
  minutes: Type.Integer(),
  started: Type.Integer(),
  open: Type.Integer({ description: 'The buyer is in the payment window' }),
  checking: Type.Integer({ description: 'The outcome is not known yet' }),
  done: Type.Integer({ description: 'Money taken; refunded ones count' }),
  declined: Type.Integer({ description: 'Refused by the provider' }),
  abandoned: Type.Integer({ description: 'Ended by the buyer or by time, before money was asked for' }),
  refunded: Type.Integer({ description: 'Refunds carried out in the window, of payments of any time' }),
  refundedAmount: Won,
  confirm: Nullable(
    Type.Object(
      { p50Ms: Type.Integer(), p95Ms: Type.Integer() },
      { description: 'From the confirmation to its outcome; null when none was decided' },
    ),
  ),
  perMinute: Type.Array(Type.Object({ at: Timestamp, done: Type.Integer(), failed: Type.Integer() }), {
    description: 'By the minute they were begun in, oldest first; failed are declined and abandoned',
  }),
});
export type PaymentFigures = Static<typeof PaymentFigures>;
