import type { EventChange } from '@urr/contracts/catalog-shapes.ts';
import { inTransaction } from '@urr/platform/database.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { applyChange, type SavedEvent } from './save-event.ts';

/** Changes an event, its prices or its sale. */
export function changeEvent(
  deps: Pick<Deps, 'db' | 'artists' | 'layouts' | 'pushes'>,
  actor: Actor,
  eventId: string,
  change: EventChange,
): Promise<SavedEvent> {
  return inTransaction(deps.db, (transaction) => applyChange(deps, transaction, actor, eventId, change));
}
