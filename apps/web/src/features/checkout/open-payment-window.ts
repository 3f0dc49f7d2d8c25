import type { startPayment } from '@urr/contracts/payment.ts';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';

/** An opened payment, as the provider's window needs it. */
export type OpenedPayment = AnswerOf<typeof startPayment>;

/** Ways to pay that are chosen here. By phone bill is not offered: it cannot be refunded past its month. */
export type PaymentMethod = 'CARD' | 'TRANSFER';

/** How a window is opened: by going to a page, by the provider's own choice of methods, or by ours. */
export type WindowKind = 'hosted' | 'widget' | 'method';

/** The kind of window of an opened payment; client keys of the two families do not take each other's. */
export function windowKind({
  checkoutUrl,
  clientKey,
}: Pick<OpenedPayment, 'checkoutUrl' | 'clientKey'>): WindowKind {
  if (checkoutUrl !== undefined) return 'hosted';
  return /^(test|live)_gck_/.test(clientKey) ? 'widget' : 'method';
}

/** Opens the provider's window; rejects when it cannot be opened or the buyer closes it without leaving the page. */
export async function openTossWindow(opened: OpenedPayment, method: PaymentMethod): Promise<void> {
  // Loads a script of the provider: only where there is no hosted page.
  const { loadTossPayments } = await import('@tosspayments/tosspayments-sdk');
  const toss = await loadTossPayments(opened.clientKey);
  const { customerKey, orderId, orderName, successUrl, failUrl } = opened;
  const amount = { currency: 'KRW', value: opened.amount } as const;
  const order = { orderId, orderName, successUrl, failUrl, amount };
  if (windowKind(opened) === 'widget') {
    const widgets = toss.widgets({ customerKey });
    await widgets.setAmount(amount);
    await widgets.requestPaymentWindow(order);
    return;
  }
  const payment = toss.payment({ customerKey });
  if (method === 'CARD') await payment.requestPayment({ ...order, method });
  // Tickets of performances count as expenses for culture.
  else await payment.requestPayment({ ...order, method, transfer: { isCulturalExpenses: true } });
}
