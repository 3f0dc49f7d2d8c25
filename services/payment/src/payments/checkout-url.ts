/** What a payment window is opened with. */
export interface CheckoutPage {
  readonly clientKey: string;
  readonly customerKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly successUrl: string;
  readonly failUrl: string;
}

/** Where the buyer comes back to. Both name the payment, for the provider may leave the order out. */
export function returnUrls(baseUrl: string, paymentId: string) {
  return {
    successUrl: `${baseUrl}/payments/success?paymentId=${paymentId}`,
    failUrl: `${baseUrl}/payments/fail?paymentId=${paymentId}`,
  };
}

export function checkoutUrlOf(baseUrl: string, page: CheckoutPage): string {
  const url = new URL(baseUrl);
  for (const [name, value] of Object.entries(page)) url.searchParams.set(name, String(value));
  return url.href;
}
