import type { Visitor } from '../stage/visitor.ts';

/** What a buyer may do in the provider's window. */
export type WindowChoice = 'approve' | 'decline' | 'decline at confirmation' | 'cancel';

// The window is the provider's and speaks both languages at once.
const windowButtons: Readonly<Record<WindowChoice, RegExp>> = {
  approve: /Approve by card$/,
  decline: /Decline$/,
  'decline at confirmation': /Decline at confirmation$/,
  cancel: /Cancel$/,
};

/** Agrees to the terms of a checkout, which must be open, and goes on to the provider's window. */
export async function goToPayment(visitor: Visitor): Promise<void> {
  await visitor.hand.press(visitor.find('checkbox', 'checkout.pay.agree'));
  await visitor.press('button', 'checkout.pay.go');
  await visitor.page.waitForURL((url) => url.pathname.startsWith('/checkout'));
}

/** Chooses in the provider's window and comes back to the shop. */
export async function chooseInWindow(visitor: Visitor, choice: WindowChoice): Promise<void> {
  await visitor.hand.press(visitor.page.getByRole('button', { name: windowButtons[choice] }));
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

/** Order of the payment whose window is open. */
export function orderInWindow(visitor: Visitor): string {
  const order = new URL(visitor.page.url()).searchParams.get('orderId');
  if (order === null) throw new Error(`No order in ${visitor.page.url()}`);
  return order;
}
