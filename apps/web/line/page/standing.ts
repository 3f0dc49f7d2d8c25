import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import type { LineTexts } from './words.ts';

/** What a reader is to the line, as the page says it. */
export type Standing = keyof LineTexts['standing'];

/** Everything the page knows at one moment. */
export interface Sight {
  readonly session: 'signed-in' | 'signed-out' | 'unknown';
  /** `null` while it could not be read. */
  readonly state: StateDocument | null;
  /** False when queue-service has no sale for the event. */
  readonly hasSale: boolean;
  /** `null` while it could not be read. */
  readonly place: Place | null;
  /** When the state was last read, server's clock. */
  readonly lookedAtMs: number | null;
}

/** Names what the reader is to the line now. */
export function standingOf(sight: Sight): Standing {
  const { state, place } = sight;
  if (!sight.hasSale) return 'no-sale';
  if (state === null) return 'checking';
  if (state.phase === 'cancelled') return 'cancelled';
  if (state.phase === 'ended') return 'ended';
  if (sight.session === 'signed-out') return 'sign-in';
  if (sight.session === 'unknown' || place === null) return 'checking';
  return isInLine(place) ? standingInLine(state, place) : standingOutside(state, place);
}

/** Whether a place is one: neither given back, nor used up, nor never taken. */
export function isInLine({ state }: Place): boolean {
  return state === 'lobby' || state === 'waiting' || state === 'called' || state === 'admitted';
}

/** Whether the line has reached a place, as far as the page knows. */
function isReached({ serving }: StateDocument, { state, number }: Place): boolean {
  // The state may be a second older than the place, and who was called stays called.
  return state === 'called' || (number !== null && number <= serving);
}

function standingInLine(state: StateDocument, place: Place): Standing {
  if (place.state === 'admitted') return 'admitted';
  if (state.phase === 'paused') return 'paused';
  if (place.number === null)
    return state.phase === 'lobby' || state.phase === 'scheduled' ? 'lobby' : 'drawing';
  if (state.phase === 'soldout') return 'soldout';
  return isReached(state, place) ? 'called' : 'waiting';
}

function standingOutside({ phase, times }: StateDocument, place: Place): Standing {
  if (phase === 'draining') return 'closed';
  if (place.state === 'left' || place.state === 'done') return place.state;
  switch (phase) {
    case 'scheduled':
      return times[0] === times[1] ? 'soon' : 'early';
    case 'lobby':
      return 'outside-lobby';
    case 'drawing':
      return 'outside-drawing';
    case 'paused':
      return 'outside-paused';
    case 'soldout':
      return 'outside-soldout';
    case 'open':
    case 'ended':
    case 'cancelled':
      return 'outside-open';
  }
}

/** People before this place, counted from what is being served; `null` before the draw. */
export function peopleAhead(state: StateDocument, { number }: Place): number | null {
  return number === null ? null : Math.max(0, number - state.serving - 1);
}

/** Whether somebody who stands so may join. */
export function mayJoin(standing: Standing): boolean {
  return standing === 'left' || standing === 'done' || standing.startsWith('outside-');
}
