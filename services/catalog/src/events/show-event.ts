import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { Account } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findEvent, readPricing } from './event-rows.ts';
import { detailOf } from './event-view.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One event by id or slug; what is not published exists for its organiser and admins alone. */
export async function showEvent(
  deps: Pick<Deps, 'db' | 'stock'>,
  idOrSlug: string,
  reader: Account | undefined,
): Promise<EventDetail> {
  const event = await findEvent(deps.db, uuid.test(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug });
  const isOrganiser =
    reader?.role === 'admin' || (reader?.role === 'organiser' && reader.accountId === event?.owner_id);
  if (event === undefined || (event.published_at === null && !isOrganiser))
    throw new Problem('event-not-found');
  const pricing = await readPricing(deps.db, [event.id]);
  return detailOf(event, { pricing, stock: deps.stock.of(event.id) }, isOrganiser);
}
