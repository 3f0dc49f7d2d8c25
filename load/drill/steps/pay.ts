import type { PaymentState } from '@urr/contracts/payment-shapes.ts';
import { confirmPayment, failPayment, readPaymentByOrder, startPayment } from '@urr/contracts/payment.ts';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';
import { type Answer, type FanRequest, type Life, send, sendAtOnce, wait } from '../engine/action.ts';
import { routeRequest, successOf } from '../engine/route-request.ts';
import type { FanContext } from '../fan-context.ts';
import type { PaymentCourse } from '../population.ts';
import { isBusy, sendUntilDefinite } from './repeat.ts';

/** How paying ended for the buyer. */
export type PaymentEnd = 'confirmed' | 'refunded' | 'unknown' | { readonly refused: string };

type Opened = AnswerOf<typeof startPayment>;

interface Confirmed {
  readonly state: PaymentState | 'declined' | undefined;
  readonly refused?: string;
}

const longestCheckMs = 180_000;
const mostDeclines = 3;

/** Pays a reservation at the provider and brings the money home; a declined card is tried again. */
export function* pay(context: FanContext, reservationId: string): Life<PaymentEnd> {
  let course = context.fan.profile.payment;
  for (let attempt = 0; attempt <= mostDeclines; attempt += 1) {
    const opened = yield* open(context, reservationId);
    if ('refused' in opened) return opened.refused === 'already-paid' ? 'confirmed' : opened;
    yield* wait(800 + context.fan.random.next() * 2_500);
    const confirmed = yield* passProvider(context, opened, course);
    if (confirmed.state === 'declined') {
      course = 'smooth';
      continue;
    }
    if (confirmed.refused !== undefined) return { refused: confirmed.refused };
    const end = yield* settle(context, opened, confirmed.state);
    if (end !== 'failed') return end;
    course = 'smooth';
  }
  return { refused: 'payment-declined' };
}

function* open(context: FanContext, reservationId: string): Life<Opened | { readonly refused: string }> {
  const body = { reservationId, acceptEqualSeats: context.fan.profile.acceptsEqualSeats };
  const request = routeRequest(startPayment, { body, headers: { 'idempotency-key': context.newKey() } });
  if (context.fan.profile.doubleClicks) {
    const answers = yield* sendAtOnce([request, request]);
    const opened = answers.flatMap((answer) => successOf(startPayment, answer) ?? []).at(0);
    if (opened !== undefined) return opened;
  }
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = yield* sendUntilDefinite(context, request);
    const opened = successOf(startPayment, answer);
    if (opened !== undefined) return opened;
    if (answer.code !== 'payment-in-progress') return { refused: answer.code ?? 'unexpected' };
    yield* wait(1_000);
  }
  return { refused: 'payment-in-progress' };
}

function* passProvider(context: FanContext, opened: Opened, course: PaymentCourse): Life<Confirmed> {
  const faultId = yield* armFault(opened.orderId, course);
  const window = yield* sendUntilDefinite(context, windowRequest(opened, course));
  const authenticated = window.body as { paymentKey?: unknown } | undefined;
  const paymentKey = authenticated?.paymentKey;
  if (window.status !== 201 || typeof paymentKey !== 'string') {
    const body = { orderId: opened.orderId, code: 'PAY_PROCESS_ABORTED' };
    yield* send(routeRequest(failPayment, { body }));
    return { state: 'declined' };
  }
  const body = { paymentKey, orderId: opened.orderId, amount: opened.amount };
  // The order is the key: a repeat answers the same outcome and charges nothing again.
  const answer = yield* sendUntilDefinite(context, routeRequest(confirmPayment, { body }));
  if (faultId !== undefined) yield* send(operatorRequest('DELETE', `/v1/simulator/faults/${faultId}`));
  return confirmedOf(answer);
}

function confirmedOf(answer: Answer): Confirmed {
  const outcome = successOf(confirmPayment, answer);
  if (outcome !== undefined) return { state: outcome.state };
  if (answer.code === 'payment-declined') return { state: 'declined' };
  if (isBusy(answer)) return { state: undefined };
  return { state: undefined, refused: answer.code ?? 'unexpected' };
}

// What a browser does in the provider's window, without the browser.
function windowRequest(opened: Opened, course: PaymentCourse): FanRequest {
  const { orderId, amount, orderName, clientKey, customerKey, successUrl, failUrl } = opened;
  const action = course === 'declined-first' ? 'decline-at-confirm' : 'approve';
  return {
    step: 'providerWindow',
    target: 'simulator',
    method: 'POST',
    path: '/v1/simulator/payments',
    body: { orderId, amount, orderName, clientKey, customerKey, successUrl, failUrl, action },
  };
}

const faultKinds: Readonly<Partial<Record<PaymentCourse, string>>> = {
  'provider-silent': 'approve-then-timeout',
  'provider-error-after-commit': 'error-after-commit',
};

function* armFault(orderId: string, course: PaymentCourse): Life<number | undefined> {
  const kind = faultKinds[course];
  if (kind === undefined) return undefined;
  const rule = { call: 'confirm', kind, orderId, count: 1 };
  const answer = yield* send({ ...operatorRequest('POST', '/v1/simulator/faults'), body: rule });
  return answer.status === 201 ? (answer.body as { id: number }).id : undefined;
}

function operatorRequest(method: 'POST' | 'DELETE', path: string): FanRequest {
  return { step: 'faultSwitch', target: 'simulator', method, path };
}

/** Waits until the payment's outcome is known; the buyer is told "checking" meanwhile. */
function* settle(
  context: FanContext,
  opened: Opened,
  first: PaymentState | 'declined' | undefined,
): Life<PaymentEnd | 'failed'> {
  let state = first;
  for (let waitedMs = 0; waitedMs < longestCheckMs;) {
    const end = endOf(state);
    if (end !== undefined) return end;
    const pauseMs = Math.min(10_000, 1_000 + waitedMs / 5);
    yield* wait(pauseMs);
    waitedMs += pauseMs;
    const request = routeRequest(readPaymentByOrder, { params: { orderId: opened.orderId } });
    const answer = yield* sendUntilDefinite(context, request);
    state = successOf(readPaymentByOrder, answer)?.state ?? state;
  }
  return 'unknown';
}

function endOf(state: PaymentState | 'declined' | undefined): PaymentEnd | 'failed' | undefined {
  if (state === 'confirmed' || state === 'refunded') return state;
  return state === 'failed' || state === 'expired' ? 'failed' : undefined;
}
