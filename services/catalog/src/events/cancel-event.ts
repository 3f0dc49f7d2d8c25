import { inTransaction } from '@urr/platform/database.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { auditEvent, lockOwnEvent, type SavedEvent } from './save-event.ts';
import { markCancelled } from './store.ts';

/** Cancels an event for good; cancelling again changes nothing. */
export function cancelEvent(
  deps: Pick<Deps, 'db' | 'pushes'>,
  actor: Actor,
  eventId: string,
): Promise<SavedEvent> {
  return inTransaction(deps.db, async (transaction) => {
    const event = await lockOwnEvent(transaction, actor, eventId);
    const isPublished = event.published_at !== null;
    if (event.state === 'cancelled') return { eventId, wanted: isPublished ? event.version : undefined };
    const version = await markCancelled(transaction, eventId);
    if (isPublished) await deps.pushes.want(transaction, eventId, version);
    await auditEvent(transaction, actor, 'event.cancel', eventId, {
      before: { state: event.state },
      after: { state: 'cancelled', version },
    });
    return { eventId, wanted: isPublished ? version : undefined };
  });
}
