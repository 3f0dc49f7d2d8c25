import type { Place } from '@urr/contracts/queue.ts';
import { GroupCommit } from '@urr/platform/group-commit.ts';
import { GroupCommits } from '@urr/platform/group-commits.ts';
import type { Deps } from '../deps.ts';
import { describeAbsence, describePlace } from '../line/describe-place.ts';
import { findSale } from '../line/find-sale.ts';
import type { StoredPlace } from '../line/line-store.ts';

/** Answers accounts their own place in a sale. */
export type ReadPlace = (eventId: string, accountId: string) => Promise<Place>;

// A whole lobby asks for its numbers within seconds of the draw: one statement answers all who ask meanwhile.
const mostAtOnce = 256;

export function createPlaceReader(deps: Pick<Deps, 'store' | 'live' | 'receipts' | 'config'>): ReadPlace {
  const groups = new GroupCommits<string, StoredPlace | undefined>(
    (eventId) =>
      new GroupCommit({
        groupSize: mostAtOnce,
        queueSize: deps.config.QUEUE_MAX_IN_FLIGHT,
        write: (accountIds) => deps.store.findPlaces(eventId, accountIds),
      }),
  );
  return async (eventId, accountId) => {
    const { sale, order, speed } = await findSale(deps, eventId);
    const place = await groups.submit(eventId, accountId);
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
  };
}
