import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from './live-sales.ts';

/** The sale from memory, else from the store: a new one may be younger than a tick, an old one forgotten. */
export async function findSale(deps: Pick<Deps, 'live' | 'store'>, eventId: string): Promise<LiveSale> {
  return deps.live.find(eventId) ?? readSale(deps, eventId);
}

/** The sale as the store has it now. */
export async function readSale(deps: Pick<Deps, 'live' | 'store'>, eventId: string): Promise<LiveSale> {
  const sale = await deps.store.readSale(eventId);
  if (sale === undefined) throw new Problem('sale-not-found');
  return deps.live.describe(sale);
}
