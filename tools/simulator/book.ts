import { isProcessed, type Movement, type Payment } from './payment.ts';

/** Every payment and every movement of money, in memory. */
export type Book = {
  payment(paymentKey: string): Payment | undefined;
  /** The order's processed payment, else its newest one. */
  paymentOfOrder(clientKey: string, orderId: string): Payment | undefined;
  /** Payments in the order they were opened. */
  page(from: number, limit: number): Payment[];
  movements: readonly Movement[];
  /** The movement's place in `movements`. */
  placeOfMovement(transactionKey: string): number | undefined;
  size(): number;
  put(payment: Payment): void;
  addMovement(movement: Movement): void;
};

export function createBook(): Book {
  const payments = new Map<string, Payment>();
  const opened: string[] = [];
  const leadingOfOrder = new Map<string, string>();
  const movements: Movement[] = [];
  const placeOfMovement = new Map<string, number>();
  const orderOf = (clientKey: string, orderId: string): string => `${clientKey} ${orderId}`;
  const paymentOfOrder = (clientKey: string, orderId: string): Payment | undefined =>
    payments.get(leadingOfOrder.get(orderOf(clientKey, orderId)) ?? '');
  return {
    payment: (paymentKey) => payments.get(paymentKey),
    paymentOfOrder,
    page: (from, limit) =>
      opened.slice(from, from + limit).flatMap((paymentKey) => payments.get(paymentKey) ?? []),
    movements,
    placeOfMovement: (transactionKey) => placeOfMovement.get(transactionKey),
    size: () => payments.size,
    put(payment) {
      const isNew = !payments.has(payment.paymentKey);
      if (isNew) opened.push(payment.paymentKey);
      payments.set(payment.paymentKey, payment);
      const leading = paymentOfOrder(payment.clientKey, payment.orderId);
      if (leading === undefined || (isNew && !isProcessed(leading)) || isProcessed(payment)) {
        leadingOfOrder.set(orderOf(payment.clientKey, payment.orderId), payment.paymentKey);
      }
    },
    addMovement(movement) {
      placeOfMovement.set(movement.transactionKey, movements.length);
      movements.push(movement);
    },
  };
}
