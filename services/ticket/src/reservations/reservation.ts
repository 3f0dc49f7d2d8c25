import type { ReservationState } from '../tables.ts';

/** What a cancellation comes to. */
export type CancelVerdict = 'cancel' | 'already-cancelled' | 'reservation-over' | 'reservation-confirmed';

/** Decides a cancellation; `isOver` by the store's clock. */
export function judgeCancellation(state: ReservationState, isOver: boolean): CancelVerdict {
  if (state === 'cancelled') return 'already-cancelled';
  if (state === 'confirmed') return 'reservation-confirmed';
  return state === 'pending' && !isOver ? 'cancel' : 'reservation-over';
}

/** The state others see: a pending hold whose time is over has expired, whether or not a sweeper has passed. */
export function shownState(state: ReservationState, isOver: boolean): ReservationState {
  return state === 'pending' && isOver ? 'expired' : state;
}
