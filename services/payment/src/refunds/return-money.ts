import type { Deps } from '../deps.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import type { LateMoney } from './store.ts';

type ReturnDeps = Omit<Deps, 'returnMoney'>;

/**
 * Money taken and nothing to give for it: the refund's row is written with the payment's step, then the money goes back
 * without anybody asking. The buyer reads it in the state.
 */
export async function returnMoney<Payment extends { readonly id: string; readonly orderId: string }>(
  deps: ReturnDeps,
  payment: Payment,
  late: LateMoney | undefined,
): Promise<void> {
  const refundId = uuidv7();
  const { reconcileAfterMs } = deps.settings;
  const isWritten =
    late === undefined
      ? await deps.refunds.returnLostHold(payment.id, refundId, reconcileAfterMs)
      : await deps.refunds.returnLateMoney(payment.id, refundId, late, reconcileAfterMs);
  if (!isWritten) return;
  deps.counters.lostHold();
  deps.logger.error(
    { paymentId: payment.id, orderId: payment.orderId },
    'money was taken for a lost hold; it goes back',
  );
  const refund = await deps.refunds.findById(refundId);
  if (refund === undefined) return;
  // A refusal for want of room is the reconciler's to make good.
  void deps.background.run(() => carryOutRefund(deps, refund)).catch(() => undefined);
}
