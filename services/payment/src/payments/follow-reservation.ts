import {
  type DomainEventData,
  type DomainEventEnvelope,
  refundOrdered,
  reservationConfirmed,
  reservationEnded,
  reservationLost,
} from '@urr/contracts/domain-events.ts';
import type { Deps } from '../deps.ts';

type FollowDeps = Pick<Deps, 'attempts' | 'refunds' | 'returnMoney' | 'counters' | 'logger' | 'wakeRelay'>;

/**
 * The safe path from ticket-service. Each event leads to one compare-and-set that a repeat cannot pass again, so none
 * needs a row in the inbox.
 */
export async function followReservation(deps: FollowDeps, envelope: DomainEventEnvelope): Promise<void> {
  switch (envelope.type) {
    case reservationConfirmed.type:
      return followConfirmed(deps, envelope.data as DomainEventData<typeof reservationConfirmed>);
    case reservationLost.type:
      return followLost(deps, envelope.data as DomainEventData<typeof reservationLost>);
    case reservationEnded.type:
      return followEnded(deps, envelope.data as DomainEventData<typeof reservationEnded>);
    case refundOrdered.type:
      return followOrder(deps, envelope.data as DomainEventData<typeof refundOrdered>);
  }
}

async function followConfirmed(
  deps: FollowDeps,
  { paymentId, ticketIds }: DomainEventData<typeof reservationConfirmed>,
): Promise<void> {
  const attempt = await deps.attempts.findById(paymentId);
  if (attempt === undefined || attempt.ticketIds !== null) return;
  if (attempt.state === 'captured') {
    await deps.attempts.fulfil(paymentId, ticketIds);
    return;
  }
  if (attempt.state === 'refunding' || attempt.state === 'refunded') {
    deps.counters.ticketWithoutPayment();
    deps.logger.error({ paymentId }, 'tickets were issued for money that goes back');
  }
}

async function followLost(
  deps: FollowDeps,
  { paymentId }: DomainEventData<typeof reservationLost>,
): Promise<void> {
  const attempt = await deps.attempts.findById(paymentId);
  if (attempt?.state === 'captured') await deps.returnMoney(attempt);
}

async function followEnded(
  deps: FollowDeps,
  { reservationId, reason }: DomainEventData<typeof reservationEnded>,
): Promise<void> {
  const attempt = await deps.attempts.findOpen(reservationId);
  if (attempt?.state !== 'created') return;
  await deps.attempts.expire({
    id: attempt.id,
    from: ['created'],
    code: `RESERVATION_${reason.toUpperCase()}`,
    message: '예매가 끝났습니다.',
    byProvider: false,
    by: 'ticket-service',
  });
  deps.wakeRelay();
}

// The row alone: the reconciler carries it out at its own pace, however many a cancelled event orders at once.
async function followOrder(deps: FollowDeps, order: DomainEventData<typeof refundOrdered>): Promise<void> {
  if (await deps.refunds.order(order)) return;
  throw new Error(`a refund was ordered for payment ${order.paymentId}, which is not known`);
}
