import type { PlaceState } from '@urr/contracts/queue.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findSale, readSale } from '../line/find-sale.ts';
import { numberOf } from '../line/place.ts';

/** Gives an account's slot or place back. */
export async function leaveLine(
  deps: Pick<Deps, 'store' | 'live' | 'wakeRelay'>,
  eventId: string,
  accountId: string,
): Promise<PlaceState> {
  let live = await findSale(deps, eventId);
  const [place] = await deps.store.findPlaces(eventId, [accountId]);
  if (place === undefined) throw new Problem('place-not-found');
  if (place.hasLeft) return 'left';
  // The draw may be held between our look and the store's: then the number is read again.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const number = numberOf(place.arrival, { lobbySize: live.sale.lobbySize, order: live.order });
    const outcome = await deps.store.leave(eventId, accountId, place.arrival, number);
    if (outcome === 'left') {
      deps.wakeRelay();
      return 'left';
    }
    if (outcome === 'none') throw new Problem('place-not-found');
    if (outcome === 'drawing') break;
    live = await readSale(deps, eventId);
  }
  throw new Problem('draw-running', { retryAfter: 1 });
}
