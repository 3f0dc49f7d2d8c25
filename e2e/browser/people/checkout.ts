import type { Visitor } from '../stage/visitor.ts';

/** What a buyer may do in the provider's window. */
export type WindowChoice = 'approve' | 'decline' | 'decline at confirmation' | 'cancel';

// The window is the provider's: its words are not ours.
const windowButtons: Readonly<Record<WindowChoice, { readonly ko: string; readonly en: string }>> = {
  approve: { ko: '카드로 결제하기', en: 'Approve by card' },
  decline: { ko: '카드사 거절', en: 'Decline' },
  'decline at confirmation': { ko: '승인 단계에서 거절', en: 'Decline at confirmation' },
  cancel: { ko: '결제 취소', en: 'Cancel' },
};

/** Agrees to the terms of a checkout, which must be open, and goes on to the provider's window. */
export async function goToPayment(visitor: Visitor): Promise<void> {
  await visitor.hand.press(visitor.find('checkbox', 'checkout.pay.agree'));
  await visitor.press('button', 'checkout.pay.go');
  await windowOpens(visitor);
}

/** Pays again after a payment that did not come about, which asks for no consent anew. */
export async function goToPaymentAgain(visitor: Visitor): Promise<void> {
  await visitor.press('button', 'checkout.pay.again');
  await windowOpens(visitor);
}

/** Chooses in the provider's window and comes back to the shop. */
export async function chooseInWindow(visitor: Visitor, choice: WindowChoice): Promise<void> {
  const name = windowButtons[choice][visitor.locale];
  await visitor.hand.press(visitor.page.getByRole('button', { name, exact: true }));
  await visitor.page.waitForURL((url) => url.pathname.includes('/payments/'));
}

/** Pays for a hold whose checkout is open, until its tickets are there. */
export async function pay(visitor: Visitor): Promise<void> {
  await goToPayment(visitor);
  await chooseInWindow(visitor, 'approve');
  await seeTickets(visitor);
}

/** Waits until the page of the result says that tickets were booked. */
export async function seeTickets(visitor: Visitor): Promise<void> {
  await visitor.find('heading', 'checkout.result.heading.confirmed').waitFor();
}

async function windowOpens(visitor: Visitor): Promise<void> {
  await visitor.page.waitForURL((url) => url.pathname.startsWith('/checkout'));
}

/** Order of the payment whose window is open. */
export function orderInWindow(visitor: Visitor): string {
  const order = new URL(visitor.page.url()).searchParams.get('orderId');
  if (order === null) throw new Error(`No order in ${visitor.page.url()}`);
  return order;
}
