import type { Reservation } from '@urr/contracts/ticket.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { HoldAnswer } from './hold-command.ts';
import { refusalOf } from './refuse-hold.ts';
import { readReservation } from '../reservations/store.ts';
import { placesOf, view } from '../reservations/view.ts';
import { refundDeadline } from '../live/refund-deadline.ts';

/** What every request for places carries. */
export interface HoldRequest {
  readonly eventId: string;
  readonly accountId: string;
  readonly slotId: string;
  readonly slotEndSeconds: number;
  readonly idempotencyKey: string | undefined;
  readonly fingerprint: string | undefined;
}

/** A reservation, and whether it was made by an earlier request with the same key. */
export interface HeldReservation {
  readonly reservation: Reservation;
  readonly isReplay: boolean;
}

type HoldDeps = Pick<Deps, 'db' | 'live' | 'config' | 'holds' | 'wakeRelay'>;

/** Throws what memory knows against the request, unless the same request was won before. */
export async function refuseUnlessReplay(
  deps: HoldDeps,
  request: HoldRequest,
  refusal: Problem,
): Promise<HeldReservation> {
  const { accountId, idempotencyKey, fingerprint } = request;
  if (idempotencyKey === undefined) throw refusal;
  const earlier = await deps.holds.findReplay({ accountId, idempotencyKey });
  if (earlier === undefined) throw refusal;
  if (earlier.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused');
  return replay(deps, earlier.reservationId);
}

/** Turns the answer to a hold into the reservation, or throws the refusal. */
export async function settle(
  deps: HoldDeps,
  live: LiveSale,
  request: HoldRequest,
  answer: HoldAnswer,
): Promise<HeldReservation> {
  if (answer.outcome === 'replayed') return replay(deps, answer.reservation_id);
  if (answer.outcome !== 'won') {
    const refusal = refusalOf(answer, deps.live.clock.nowMs());
    if ('isFromMemory' in answer) return refuseUnlessReplay(deps, request, refusal);
    throw refusal;
  }
  deps.wakeRelay();
  return { reservation: newReservation(live, answer, deps.config.RETURN_CUTOFF_HOURS), isReplay: false };
}

function newReservation(
  live: LiveSale,
  won: Extract<HoldAnswer, { outcome: 'won' }>,
  cutoffHours: number,
): Reservation {
  return {
    reservationId: won.reservation_id,
    eventId: live.sale.eventId,
    state: 'pending',
    quantity: won.items.reduce((sum, item) => sum + ('quantity' in item ? item.quantity : 1), 0),
    amount: won.amount,
    createdAt: won.created_at.toISOString(),
    expiresAt: won.held_until.toISOString(),
    pinned: false,
    ...placesOf(won.items, live.sale),
    ...refundDeadline(live.sale, cutoffHours),
  };
}

async function replay(deps: HoldDeps, reservationId: string): Promise<HeldReservation> {
  const row = await readReservation(deps.db, reservationId);
  if (row === undefined) throw new Error(`reservation ${reservationId} vanished`);
  return { reservation: await view(deps, row), isReplay: true };
}
