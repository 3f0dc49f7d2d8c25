import type { EventState } from '@urr/contracts/catalog-shapes.ts';

/** What decides an event's state, besides the time. */
export interface EventStateFacts {
  readonly decision: 'draft' | 'published' | 'cancelled';
  readonly opensAt: Date;
  readonly endsAt: Date;
  /** True when every place is taken; false while that is not known. */
  readonly isSoldOut: boolean;
}

/** The state shown at an instant of the store's clock. Nothing has to run for it to change. */
export function eventStateAt(facts: EventStateFacts, now: Date): EventState {
  if (facts.decision !== 'published') return facts.decision;
  if (now >= facts.endsAt) return 'ended';
  if (now < facts.opensAt) return 'upcoming';
  return facts.isSoldOut ? 'sold_out' : 'on_sale';
}
