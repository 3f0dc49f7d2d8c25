import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { uuidPattern } from '@urr/contracts/primitives.ts';
import type { Account } from '@urr/platform/identity.ts';
import { isOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findEvent, readPricing } from './event-rows.ts';
import { detailOf } from './event-view.ts';

/** One event by id or slug; what is not published exists for its organiser and admins alone. */
export async function showEvent(
  deps: Pick<Deps, 'db' | 'stock'>,
  idOrSlug: string,
  reader: Account | undefined,
): Promise<EventDetail> {
  const name = idOrSlug.toLowerCase();
  const event = await findEvent(deps.db, uuidPattern.test(name) ? { id: name } : { slug: name });
  const isOrganiser = reader !== undefined && event !== undefined && isOwner(reader, event.owner_id);
  if (event === undefined || (event.published_at === null && !isOrganiser))
    throw new Problem('event-not-found');
  const pricing = await readPricing(deps.db, [event.id]);
  return detailOf(event, { pricing, stock: deps.stock.of(event.id) }, isOrganiser);
}
