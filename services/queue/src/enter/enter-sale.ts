import { type EntrySlot, signEntryToken } from '@urr/entry-token/entry-token.ts';
import { GroupCommit } from '@urr/platform/group-commit.ts';
import { GroupCommits } from '@urr/platform/group-commits.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findSale } from '../line/find-sale.ts';
import type { EnterOutcome, NumberedPlace, StoredPlace } from '../line/line-store.ts';
import type { LiveSale } from '../line/live-sales.ts';
import { numberOf, pollAfter } from '../line/place.ts';

/** Outcome for one person, with how many stand before them where that is known. */
type Answer = EnterOutcome & { readonly ahead?: number | null };
type Admitted = Extract<EnterOutcome, { kind: 'admitted' }>;

/** A slot and its token. */
export interface Entry {
  readonly entryToken: string;
  readonly endsAt: Date;
  readonly seconds: number;
}

/** Lets people in, in groups. */
export interface SaleEntrance {
  enter(eventId: string, accountId: string): Promise<Entry>;
  drained(): Promise<void>;
}

type EntranceDeps = Pick<Deps, 'store' | 'live' | 'config' | 'admissionFeed'>;

export function createSaleEntrance(deps: EntranceDeps): SaleEntrance {
  const key = Buffer.from(deps.config.QUEUE_ENTRY_TOKEN_SECRET.reveal(), 'utf8');
  const groups = new GroupCommits<string, Answer>(
    (eventId) =>
      new GroupCommit({
        groupSize: 128,
        queueSize: deps.config.QUEUE_MAX_IN_FLIGHT,
        conflictKeys: (accountId) => [accountId],
        write: (accountIds) => enterGroup({ ...deps, key }, eventId, accountIds),
      }),
  );
  return {
    enter: async (eventId, accountId) => {
      await findSale(deps, eventId);
      const answer = await groups.submit(eventId, accountId);
      if (answer.kind !== 'admitted') throw refusalOf(answer);
      return entryOf({ eventId, accountId, ...answer }, key);
    },
    drained: () => groups.drained(),
  };
}

async function enterGroup(
  deps: EntranceDeps & { readonly key: Uint8Array },
  eventId: string,
  accountIds: readonly string[],
): Promise<Answer[]> {
  const live = await findSale(deps, eventId);
  const found = await deps.store.findPlaces(eventId, accountIds);
  const answers = found.map((place) => judge(place, live));
  const eligible = answers.filter((answer): answer is NumberedPlace => !('kind' in answer));
  const outcomes = eligible.length === 0 ? [] : await deps.store.enter(eventId, eligible, live.bearable);
  tellOfAdmissions(deps, eventId, eligible, outcomes);
  const byAccount = new Map(eligible.map((place, index) => [place.accountId, outcomes[index]]));
  return answers.map((answer) =>
    'kind' in answer ? answer : (byAccount.get(answer.accountId) ?? { kind: 'none' }),
  );
}

// In the order they were let in; who only asks again has been told of before.
function tellOfAdmissions(
  { admissionFeed, key }: Pick<EntranceDeps, 'admissionFeed'> & { readonly key: Uint8Array },
  eventId: string,
  people: readonly NumberedPlace[],
  outcomes: readonly EnterOutcome[],
): void {
  if (admissionFeed === undefined) return;
  const admitted = people.flatMap(({ accountId, number }, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'admitted' && outcome.isNew ? [{ accountId, number, outcome }] : [];
  });
  for (const { accountId, outcome } of admitted.toSorted((one, other) => one.number - other.number)) {
    const { entryToken } = entryOf({ eventId, accountId, ...outcome }, key);
    const { admission, grantedAt } = outcome;
    admissionFeed.publish({ eventId, accountId, entryToken, admission, grantedAt });
  }
}

/** Whom memory can refuse for sure, and whom the store must decide on. */
function judge(place: StoredPlace | undefined, { sale, order }: LiveSale): Answer | NumberedPlace {
  if (place === undefined || place.hasLeft) return { kind: 'none' };
  const number = numberOf(place.arrival, { lobbySize: sale.lobbySize, order });
  if (number === null) return { kind: 'closed', phase: sale.phase === 'scheduled' ? 'lobby' : sale.phase };
  // Memory may be a tick old, in which serving moves by less than this.
  const reach = sale.serving + sale.ratePerSecond + sale.threshold;
  if (number > reach) return { kind: 'not-yet', ahead: number - sale.serving - 1 };
  return { accountId: place.accountId, arrival: place.arrival, number };
}

function refusalOf(answer: Exclude<Answer, { kind: 'admitted' }>): Problem {
  switch (answer.kind) {
    case 'none':
      return new Problem('place-not-found');
    case 'used':
      return new Problem('place-used');
    case 'not-yet': {
      const ahead = answer.ahead ?? null;
      return new Problem('not-your-turn', { retryAfter: pollAfter(ahead ?? 0), data: { ahead } });
    }
    case 'closed':
      return closedRefusal(answer.phase);
  }
}

function closedRefusal(phase: LiveSale['sale']['phase']): Problem {
  switch (phase) {
    case 'drawing':
      return new Problem('draw-running', { retryAfter: 1 });
    case 'paused':
      return new Problem('line-paused', { retryAfter: 5 });
    case 'soldout':
      return new Problem('nothing-left', { retryAfter: 5 });
    case 'ended':
    case 'cancelled':
      return new Problem('sale-closed');
    case 'scheduled':
    case 'lobby':
    case 'open':
    case 'draining':
      return new Problem('not-your-turn', { retryAfter: 1, data: { ahead: null } });
  }
}

// Everything in the token comes from the slot's row, so every device gets the same one.
function entryOf(
  slot: Pick<EntrySlot, 'eventId' | 'accountId'> & Pick<Admitted, 'slotId' | 'grantedAt' | 'endsAt'>,
  key: Uint8Array,
): Entry {
  const startsAtSeconds = Math.floor(slot.grantedAt.getTime() / 1000);
  const endsAtSeconds = Math.floor(slot.endsAt.getTime() / 1000);
  const { eventId, accountId, slotId } = slot;
  const entryToken = signEntryToken({ eventId, accountId, slotId, startsAtSeconds, endsAtSeconds }, key);
  return { entryToken, endsAt: slot.endsAt, seconds: endsAtSeconds - startsAtSeconds };
}
