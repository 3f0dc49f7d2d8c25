import type { KeyStore } from '../../api/attempt-keys.ts';

type Store = Pick<KeyStore, 'getItem' | 'setItem'>;

/** What the reader said about equal seats for a reservation; undefined when nothing yet: the server keeps what it knows. */
export function readEqualSeatsChoice(store: Store, reservationId: string): boolean | undefined {
  try {
    const kept = store.getItem(nameOf(reservationId));
    return kept === null ? undefined : kept === 'yes';
  } catch {
    return undefined;
  }
}

/** Keeps it over the way to the payment window and back. */
export function keepEqualSeatsChoice(store: Store, reservationId: string, accepts: boolean): void {
  try {
    store.setItem(nameOf(reservationId), accepts ? 'yes' : 'no');
  } catch {
    // Forbidden storage: the choice lasts as long as the page.
  }
}

function nameOf(reservationId: string): string {
  return `urr.equal-seats.${reservationId}`;
}
