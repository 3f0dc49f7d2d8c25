import type { ReservationState, SeatState } from '../tables.ts';

/** Which state may follow which. Final states stay. */
export const reservationTransitions: Readonly<Record<ReservationState, readonly ReservationState[]>> = {
  pending: ['confirmed', 'expired', 'cancelled'],
  confirmed: [],
  expired: [],
  cancelled: [],
};

/** A seat goes back only by its own holder; `held → held` is another buyer after an expired hold. */
export const seatTransitions: Readonly<Record<SeatState, readonly SeatState[]>> = {
  available: ['held'],
  held: ['held', 'sold', 'available'],
  sold: ['available'],
  blocked: [],
};

export function mayBecome(from: ReservationState, to: ReservationState): boolean {
  return reservationTransitions[from].includes(to);
}

/** What a cancellation comes to. */
export type CancelVerdict = 'cancel' | 'already-cancelled' | 'reservation-over' | 'reservation-confirmed';

/** Decides a cancellation; `isOver` by the store's clock. */
export function judgeCancellation(state: ReservationState, isOver: boolean): CancelVerdict {
  if (state === 'cancelled') return 'already-cancelled';
  if (state === 'confirmed') return 'reservation-confirmed';
  return mayBecome(state, 'cancelled') && !isOver ? 'cancel' : 'reservation-over';
}

/** The state others see: a pending hold whose time is over has expired, whether or not a sweeper has passed. */
export function shownState(state: ReservationState, isOver: boolean): ReservationState {
  return state === 'pending' && isOver ? 'expired' : state;
}
