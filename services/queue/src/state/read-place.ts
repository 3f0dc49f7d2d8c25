import type { Place } from '@urr/contracts/queue.ts';
import type { Deps } from '../deps.ts';
import { describeAbsence, describePlace } from '../line/describe-place.ts';
import { findSale } from '../line/find-sale.ts';

/** Where an account stands in a line. */
export async function readPlace(
  deps: Pick<Deps, 'store' | 'live' | 'receipts'>,
  eventId: string,
  accountId: string,
): Promise<Place> {
  const { sale, order, speed } = await findSale(deps, eventId);
  const [place] = await deps.store.findPlaces(eventId, [accountId]);
  if (place === undefined) return describeAbsence('none');
  if (place.slot?.isRunning === false) return describeAbsence('done');
  if (place.hasLeft) return describeAbsence('left');
  const { epoch, lobbySize, serving } = sale;
  return describePlace(deps.receipts, {
    accountId,
    arrival: place.arrival,
    slotEndsAt: place.slot?.endsAt ?? null,
    line: { eventId, epoch, lobbySize, serving, order, speed },
  });
}
