import type { SimulatorConfig } from './config.ts';
import { actAsBuyer, type BuyerChoice } from './buyer.ts';
import { refuseWhenFull } from './capacity.ts';
import type { Faults } from './faults.ts';
import type { KeyPair } from './key-pairs.ts';
import type { Ledger } from './ledger.ts';
import { openPayment, type OpeningRequest } from './opening.ts';
import { deadlineOf, isProcessed, type Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';

export type WindowDeps = {
  config: Pick<SimulatorConfig, 'keyPairs' | 'maxPayments' | 'publicUrl'>;
  ledger: Ledger;
  faults: Faults;
};

/** Opens the payment window; reloading it finds the payment it opened before. */
export function openWindow(deps: WindowDeps, pair: KeyPair, request: OpeningRequest): Payment {
  const { book, clock, expireDue, record } = deps.ledger;
  expireDue();
  const known = book.paymentOfOrder(pair.clientKey, request.orderId);
  if (known !== undefined && isProcessed(known)) throw new ProviderError('DUPLICATED_ORDER_ID');
  if (known?.status === 'READY' && isSameRequest(known, request)) return known;
  refuseWhenFull(book, deps.config.maxPayments);
  const payment = openPayment(pair, request, clock.now());
  record({ change: { payment } });
  return payment;
}

function isSameRequest(payment: Payment, request: OpeningRequest): boolean {
  return (
    payment.totalAmount === request.amount &&
    payment.orderName === request.orderName &&
    payment.successUrl === (request.successUrl ?? null) &&
    payment.failUrl === (request.failUrl ?? null)
  );
}

/** Does what the buyer chose, and says where the browser goes next. */
export function chooseInWindow(
  deps: WindowDeps,
  paymentKey: string,
  choice: BuyerChoice,
): { payment: Payment; redirectUrl: string | null } {
  deps.ledger.expireDue();
  const payment = paymentInWindow(deps, paymentKey);
  const outcome = actAsBuyer(payment, choice, deps.ledger.clock.now());
  if (outcome.change !== undefined) deps.ledger.record({ change: outcome.change });
  return {
    payment: outcome.change?.payment ?? payment,
    redirectUrl: withOrderId(deps.faults, payment, outcome.redirectUrl),
  };
}

export function paymentInWindow(deps: WindowDeps, paymentKey: string): Payment {
  const payment = deps.ledger.book.payment(paymentKey);
  if (payment === undefined) throw new ProviderError('NOT_FOUND_PAYMENT');
  return payment;
}

export function isOpen(payment: Payment): boolean {
  return payment.status === 'READY' && deadlineOf(payment) !== undefined;
}

// The real window may leave the order id out when the buyer gives up: no shop may depend on it.
function withOrderId(faults: Faults, payment: Payment, redirectUrl: string | null): string | null {
  if (redirectUrl === null || !redirectUrl.includes('PAY_PROCESS_CANCELED')) return redirectUrl;
  if (faults.take({ call: 'checkout', orderId: payment.orderId, kind: 'omit-order-id' }) === undefined) {
    return redirectUrl;
  }
  const url = new URL(redirectUrl);
  url.searchParams.delete('orderId');
  return url.href;
}
