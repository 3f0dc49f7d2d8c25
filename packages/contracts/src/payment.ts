import { Type } from 'typebox';
import {
  ConfirmOutcome,
  LedgerComparison,
  OrderId,
  PaymentFigures,
  PaymentView,
  RefundView,
} from './payment-shapes.ts';
import { EventParams, Nullable, Timestamp, Uuid, uuidText, Won } from './primitives.ts';
import { routeContract } from './route-contract.ts';

const service = 'payment-service';

const ProviderCode = Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,99}$' });
const TicketIds = Type.Array(Uuid, { minItems: 1, maxItems: 20, uniqueItems: true });
const PaymentParams = Type.Object({ paymentId: Uuid });

/** Buyer → payment: pin the hold and open a payment. A repeat answers the same open payment. */
export const startPayment = routeContract({
  name: 'startPayment',
  summary: 'Open a payment for a reservation',
  method: 'POST',
  path: '/api/v1/payments',
  service,
  access: 'account',
  limit: 'booking',
  idempotent: true,
  body: Type.Object(
    {
      reservationId: Uuid,
      acceptEqualSeats: Type.Optional(
        Type.Boolean({ description: 'Take equal seats should the held ones be lost while the money moves' }),
      ),
    },
    { additionalProperties: false },
  ),
  success: {
    status: 201,
    body: Type.Object({
      paymentId: Uuid,
      orderId: OrderId,
      orderName: Type.String(),
      amount: Won,
      clientKey: Type.String(),
      customerKey: Type.String(),
      successUrl: Type.String(),
      failUrl: Type.String(),
      checkoutUrl: Type.Optional(
        Type.String({ description: 'A hosted payment page, where one is configured' }),
      ),
      holdExpiresAt: Timestamp,
    }),
  },
  refusals: [
    'reservation-not-found',
    'reservation-over',
    'sale-cancelled',
    'already-paid',
    'payment-in-progress',
    'amount-not-payable',
  ],
});

/**
 * Buyer → payment: the buyer came back by `successUrl`. A repeat, with or without a key, charges nothing again; under a key the
 * outcome is answered the same for good, once it is known: `checking` is not kept.
 */
export const confirmPayment = routeContract({
  name: 'confirmPayment',
  summary: 'Take the money of an authenticated payment',
  method: 'POST',
  path: '/api/v1/payments/confirm',
  service,
  access: 'account',
  limit: 'booking',
  idempotent: true,
  body: Type.Object(
    {
      paymentKey: Type.String({ pattern: '^[A-Za-z0-9_-]{1,200}$' }),
      orderId: OrderId,
      amount: Won,
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: ConfirmOutcome },
  refusals: ['payment-not-found', 'payment-mismatch', 'payment-declined', 'payment-over', 'reservation-over'],
});

/** Buyer → payment: the buyer came back by `failUrl`, which may lack the order. */
export const failPayment = routeContract({
  name: 'failPayment',
  summary: 'Report that the payment window ended without a payment',
  method: 'POST',
  path: '/api/v1/payments/fail',
  service,
  access: 'account',
  limit: 'booking',
  body: Type.Object(
    {
      paymentId: Type.Optional(Uuid),
      orderId: Type.Optional(OrderId),
      code: ProviderCode,
      message: Type.Optional(Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' })),
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: PaymentView },
  refusals: ['payment-not-found'],
});

/** A buyer's own payments, newest first. */
export const listMyPayments = routeContract({
  name: 'listMyPayments',
  summary: 'My payments, newest first',
  method: 'GET',
  path: '/api/v1/payments/my',
  service,
  access: 'account',
  limit: 'general',
  query: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      before: Type.Optional(Uuid),
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: Type.Object({ payments: Type.Array(PaymentView) }) },
  refusals: [],
});

/** One payment of the caller. */
export const readPayment = routeContract({
  name: 'readPayment',
  summary: 'One of my payments',
  method: 'GET',
  path: '/api/v1/payments/:paymentId',
  service,
  access: 'account',
  limit: 'general',
  params: PaymentParams,
  success: { status: 200, body: PaymentView },
  refusals: ['payment-not-found'],
});

/** One payment of the caller, by its order. */
export const readPaymentByOrder = routeContract({
  name: 'readPaymentByOrder',
  summary: 'One of my payments, by order',
  method: 'GET',
  path: '/api/v1/payments/orders/:orderId',
  service,
  access: 'account',
  limit: 'general',
  params: Type.Object({ orderId: OrderId }),
  success: { status: 200, body: PaymentView },
  refusals: ['payment-not-found'],
});

/** What a refund would give back, before it is asked for. `ticketIds`: comma-separated; all when absent. */
export const quoteRefund = routeContract({
  name: 'quoteRefund',
  summary: 'What a refund would give back',
  method: 'GET',
  path: '/api/v1/payments/:paymentId/refunds/quote',
  service,
  access: 'account',
  limit: 'booking',
  params: PaymentParams,
  query: Type.Object(
    {
      ticketIds: Type.Optional(
        Type.String({
          pattern: `^${uuidText}(?:,${uuidText}){0,19}$`,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: Type.Object({ ticketIds: Type.Array(Uuid), amount: Won }) },
  refusals: [
    'payment-not-found',
    'not-refundable',
    'reservation-not-found',
    'ticket-not-returnable',
    'return-too-late',
  ],
});

/** Buyer → payment: give tickets back for their money. */
export const requestRefund = routeContract({
  name: 'requestRefund',
  summary: 'Give tickets back for their money',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/refunds',
  service,
  access: 'account',
  limit: 'booking',
  idempotent: true,
  params: PaymentParams,
  body: Type.Object({ ticketIds: Type.Optional(TicketIds) }, { additionalProperties: false }),
  success: { status: 201, body: RefundView },
  refusals: [
    'payment-not-found',
    'not-refundable',
    'refund-in-progress',
    'reservation-not-found',
    'ticket-not-returnable',
    'return-too-late',
  ],
});

/** Provider → payment: a hint that something changed; the truth is fetched with the secret key. */
export const receiveTossWebhook = routeContract({
  name: 'receiveTossWebhook',
  summary: 'Hints of the payment provider',
  method: 'POST',
  path: '/api/v1/payments/webhooks/toss',
  service,
  access: 'public',
  limit: 'general',
  body: Type.Object({
    eventType: Type.Optional(Type.String({ maxLength: 100 })),
    orderId: Type.Optional(Type.String({ maxLength: 200 })),
    secret: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    data: Type.Optional(Type.Object({ orderId: Type.Optional(Type.String({ maxLength: 200 })) })),
  }),
  success: { status: 200, body: Type.Object({ received: Type.Boolean() }) },
  refusals: [],
});

/** Admin: compare one day (Korean time, today when absent) with the provider. */
export const compareLedger = routeContract({
  name: 'compareLedger',
  summary: "Compare a day of the ledger with the provider's transactions",
  method: 'GET',
  path: '/api/v1/payments/reconciliation',
  service,
  access: 'admin',
  limit: 'general',
  query: Type.Object(
    { day: Type.Optional(Type.String({ format: 'date', pattern: '^20[0-9]{2}-' })) },
    { additionalProperties: false },
  ),
  success: { status: 200, body: LedgerComparison },
  refusals: [],
});

/** How payments of an event go, for its organiser and admins; at most two seconds old. */
export const readPaymentFigures = routeContract({
  name: 'readPaymentFigures',
  summary: 'Payments of an event during the last minutes',
  method: 'GET',
  path: '/api/v1/payments/events/:eventId/figures',
  service,
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  query: Type.Object(
    { minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, description: '10 when absent' })) },
    { additionalProperties: false },
  ),
  success: { status: 200, body: PaymentFigures },
  refusals: ['event-not-found'],
});

/** Every route of payment-service. */
export const paymentRoutes = [
  startPayment,
  confirmPayment,
  failPayment,
  listMyPayments,
  readPayment,
  readPaymentByOrder,
  quoteRefund,
  requestRefund,
  receiveTossWebhook,
  compareLedger,
  readPaymentFigures,
] as const;
