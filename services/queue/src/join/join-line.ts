import type { Place } from '@urr/contracts/queue.ts';
import { GroupCommit } from '@urr/platform/group-commit.ts';
import { GroupCommits } from '@urr/platform/group-commits.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { describePlace } from '../line/describe-place.ts';
import { findSale } from '../line/find-sale.ts';
import type { Joiner, JoinOutcome } from '../line/line-store.ts';
import type { LiveSale } from '../line/live-sales.ts';

interface Joined {
  readonly outcome: JoinOutcome;
  readonly position: number;
}

/** Somebody who wants to stand in line. */
export interface JoinRequest {
  readonly eventId: string;
  readonly accountId: string;
  readonly receipt: string | undefined;
}

/** Joins people in groups: one commit for all who came while the last was being written. */
export interface LineJoiner {
  join(request: JoinRequest): Promise<Place>;
  drained(): Promise<void>;
}

export function createLineJoiner(deps: Pick<Deps, 'store' | 'live' | 'receipts' | 'config'>): LineJoiner {
  const groups = new GroupCommits<Joiner, Joined>(
    (eventId) =>
      new GroupCommit({
        groupSize: 256,
        queueSize: deps.config.QUEUE_MAX_IN_FLIGHT,
        write: async (people) => {
          const outcome = await deps.store.join(eventId, people, deps.live.find(eventId)?.bearable ?? null);
          if (outcome.kind === 'joined') deps.live.observe(eventId, outcome);
          return people.map((_, position) => ({ outcome, position }));
        },
      }),
  );
  return {
    join: async (request) => {
      const live = await findSale(deps, request.eventId);
      refuseEarly(live);
      const receiptArrival = arrivalOf(deps, request, live.sale);
      const { outcome, position } = await groups.submit(request.eventId, {
        accountId: request.accountId,
        receiptArrival,
      });
      return answer(deps, request, { outcome, position, live });
    },
    drained: () => groups.drained(),
  };
}

// What memory is sure of needs no commit; near the opening of the lobby the store's clock decides.
function refuseEarly({ sale }: LiveSale): void {
  if (sale.phase === 'ended' || sale.phase === 'cancelled') throw new Problem('sale-closed');
  if (sale.phase === 'scheduled' && sale.secondsToLobby > 1) throw lobbyNotOpen(sale);
}

function lobbyNotOpen(sale: LiveSale['sale']): Problem {
  return new Problem('lobby-not-open', {
    retryAfter: Math.max(1, Math.ceil(sale.secondsToLobby)),
    data: { lobbyOpensAt: sale.lobbyOpensAt.toISOString() },
  });
}

function arrivalOf(
  deps: Pick<Deps, 'receipts'>,
  request: JoinRequest,
  { phase, lobbySize }: LiveSale['sale'],
): number | null {
  if (request.receipt === undefined) return null;
  const facts = deps.receipts.read(request.receipt);
  const isTheirs = facts?.eventId === request.eventId && facts.accountId === request.accountId;
  if (facts === undefined || !isTheirs) throw new Problem('receipt-not-valid');
  // A number that was given after an opening must not become an index in a lobby, which is drawn.
  const lastOfLobby = phase === 'lobby' ? Infinity : (lobbySize ?? 0);
  if (!facts.isLobby && facts.arrival <= lastOfLobby) return null;
  return facts.arrival;
}

function answer(
  deps: Pick<Deps, 'live' | 'receipts'>,
  { eventId, accountId }: JoinRequest,
  { outcome, position, live }: Joined & { readonly live: LiveSale },
): Place {
  switch (outcome.kind) {
    case 'unknown':
      throw new Problem('sale-not-found');
    case 'scheduled':
      throw lobbyNotOpen(live.sale);
    case 'ended':
    case 'cancelled':
      throw new Problem('sale-closed');
    case 'joined': {
      const arrival = outcome.arrivals[position] ?? null;
      if (arrival === null) throw new Problem('line-closed');
      const seen = deps.live.find(eventId) ?? live;
      return describePlace(deps.receipts, {
        accountId,
        arrival,
        slotEndsAt: outcome.slotEnds[position] ?? null,
        line: {
          eventId,
          epoch: outcome.epoch,
          lobbySize: outcome.lobbySize,
          serving: outcome.serving,
          order: seen.order,
          speed: seen.speed,
        },
      });
    }
  }
}
