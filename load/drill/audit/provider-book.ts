/** What the payment provider says of one order. Won. */
export interface ProviderOrder {
  readonly orderId: string;
  /** Captured less given back. */
  readonly balance: number;
  readonly approvals: number;
}

interface PaymentRow {
  readonly orderId: string;
  readonly status: string;
  readonly balanceAmount: number;
  readonly approvals: number;
}

interface Page {
  readonly payments: readonly PaymentRow[];
  readonly next: number | null;
}

/** Reads the simulator's whole book; several payments of one order are added up. */
export async function readProviderBook(simulatorUrl: string): Promise<Map<string, ProviderOrder>> {
  const orders = new Map<string, ProviderOrder>();
  for (let after: number | null = 0; after !== null;) {
    const page = await readPage(simulatorUrl, after);
    for (const payment of page.payments) addPayment(orders, payment);
    after = page.next;
  }
  return orders;
}

async function readPage(simulatorUrl: string, after: number): Promise<Page> {
  const response = await fetch(`${simulatorUrl}/v1/simulator/payments?after=${after}&limit=10000`);
  if (!response.ok) throw new Error(`The simulator's book could not be read: ${response.status}`);
  return (await response.json()) as Page;
}

/** Adds one payment of the provider to its order. Money that was never approved counts for nothing. */
export function addPayment(orders: Map<string, ProviderOrder>, payment: PaymentRow): void {
  const known = orders.get(payment.orderId) ?? { orderId: payment.orderId, balance: 0, approvals: 0 };
  orders.set(payment.orderId, {
    orderId: payment.orderId,
    balance: known.balance + (payment.approvals > 0 ? payment.balanceAmount : 0),
    approvals: known.approvals + payment.approvals,
  });
}
