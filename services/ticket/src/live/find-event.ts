import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from './live-sale.ts';

/** The event in memory; refuses when there is none. */
export async function findEvent(deps: Pick<Deps, 'live'>, eventId: string): Promise<LiveSale> {
  const live = await deps.live.open(eventId);
  if (live === undefined) throw new Problem('event-not-found');
  return live;
}
