import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import type { Sight } from './page/standing.ts';

/** Opening of the sale in the fixtures, seconds since the epoch: 21 November 2026, 20:00 in Seoul. */
export const opensAt = Date.parse('2026-11-21T11:00:00Z') / 1000;
/** An ordinary moment ten minutes after it, milliseconds. */
export const nowMs = (opensAt + 600) * 1000;

/** A line document; an ordinary open line unless told otherwise. */
export function stateOf(change: Partial<StateDocument> = {}): StateDocument {
  return {
    phase: 'open',
    times: [opensAt - 1800, opensAt, opensAt + 86_400],
    issued: 20_000,
    serving: 812,
    rate: 10,
    wait: [0, 0],
    poll: [
      [100, 1],
      [1_000, 3],
      [10_000, 10],
      [100_000, 30],
    ],
    draw: 'AAAAAAAAAAAAAAAAAAAAAA',
    stock: { VIP: 12, R: 0 },
    ...change,
  };
}

/** A place; number 2,048 in line unless told otherwise. */
export function placeOf(change: Partial<Place> = {}): Place {
  return {
    state: 'waiting',
    receipt: 'receipt',
    number: 2_048,
    lobbyIndex: 5,
    ahead: 1_235,
    wait: { from: 0, to: 0 },
    slotEndsAt: null,
    pollAfter: 3,
    ...change,
  };
}

/** Somebody's own place that is none. */
export function absenceOf(state: 'none' | 'left' | 'done'): Place {
  return placeOf({ state, receipt: null, number: null, lobbyIndex: null, ahead: null, wait: null });
}

/** What a signed-in reader who waits sees. */
export function sightOf(change: Partial<Sight> = {}): Sight {
  return {
    session: 'signed-in',
    state: stateOf(),
    hasSale: true,
    place: placeOf(),
    lookedAtMs: nowMs,
    ...change,
  };
}
