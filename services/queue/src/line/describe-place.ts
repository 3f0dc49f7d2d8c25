import type { Place } from '@urr/contracts/queue.ts';
import type { DrawOrder } from '../draw/permutation.ts';
import { numberOf, pollAfter, waitBand } from './place.ts';
import type { Receipts } from './receipt.ts';

/** A place someone holds, and what must be known of the line to describe it. */
export interface HeldPlace {
  readonly accountId: string;
  readonly arrival: number;
  readonly slotEndsAt: Date | null;
  readonly line: {
    readonly eventId: string;
    readonly epoch: number;
    readonly lobbySize: number | null;
    readonly serving: number;
    readonly order: DrawOrder | undefined;
    readonly speed: number;
  };
}

/** A held place as its owner sees it. */
export function describePlace(receipts: Pick<Receipts, 'sign'>, held: HeldPlace): Place {
  const { accountId, arrival, slotEndsAt, line } = held;
  const isLobby = line.lobbySize === null || arrival <= line.lobbySize;
  const number = numberOf(arrival, line);
  const receipt = receipts.sign({ eventId: line.eventId, accountId, arrival, isLobby, epoch: line.epoch });
  const mine = { receipt, number, lobbyIndex: isLobby ? arrival - 1 : null };
  if (slotEndsAt !== null) {
    const wait = { from: 0, to: 0 };
    return { ...mine, state: 'admitted', ahead: 0, wait, slotEndsAt: slotEndsAt.toISOString(), pollAfter: 1 };
  }
  if (number === null)
    return { ...mine, state: 'lobby', ahead: null, wait: null, slotEndsAt: null, pollAfter: 3 };
  const ahead = Math.max(0, number - line.serving - 1);
  const isCalled = number <= line.serving;
  return {
    ...mine,
    state: isCalled ? 'called' : 'waiting',
    ahead: isCalled ? 0 : ahead,
    wait: isCalled ? { from: 0, to: 0 } : waitBand(ahead + 1, line.speed),
    slotEndsAt: null,
    pollAfter: pollAfter(ahead),
  };
}

/** What someone without a place, or with a finished one, sees. */
export function describeAbsence(state: 'none' | 'left' | 'done'): Place {
  return {
    state,
    receipt: null,
    number: null,
    lobbyIndex: null,
    ahead: null,
    wait: null,
    slotEndsAt: null,
    pollAfter: 3,
  };
}
