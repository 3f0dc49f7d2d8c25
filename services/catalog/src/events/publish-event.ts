import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { gradesWithoutPrice, publicationFaults } from './published-rules.ts';
import { auditEvent, lockOwnEvent, type SavedEvent } from './save-event.ts';
import { markPublished, readFacts, readStoreClock } from './store.ts';

/**
 * Publishes a draft and notes in the same transaction that ticket-service should have its places. Publishing what is
 * published changes nothing.
 */
export function publishEvent(
  deps: Pick<Deps, 'db' | 'layouts' | 'pushes'>,
  actor: Actor,
  eventId: string,
): Promise<SavedEvent> {
  return inTransaction(deps.db, async (transaction) => {
    const event = await lockOwnEvent(transaction, actor, eventId);
    if (event.state === 'cancelled') throw new Problem('event-cancelled');
    if (event.state === 'published') return { eventId, wanted: event.version };
    const facts = await readFacts(transaction, event);
    const { hall } = facts.venue;
    const layout = hall === null ? undefined : await deps.layouts.findNewest(transaction, hall);
    const errors = publicationFaults(facts, layout?.grades, await readStoreClock(transaction));
    if (errors.length > 0) {
      const unpriced = layout === undefined ? [] : gradesWithoutPrice(layout.grades, facts.prices);
      throw new Problem('event-not-publishable', { data: { errors, gradesWithoutPrice: unpriced } });
    }
    const version = await markPublished(transaction, eventId, layout?.layoutId ?? null);
    await deps.pushes.want(transaction, eventId, version);
    const after = { state: 'published', layoutId: layout?.layoutId ?? null, version };
    await auditEvent(transaction, actor, 'event.publish', eventId, { before: { state: event.state }, after });
    return { eventId, wanted: version };
  });
}
