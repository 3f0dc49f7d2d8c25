import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { insertDraft, type SavedEvent } from './save-event.ts';
import { findCreatedEvent } from './store.ts';

/** Creates a draft under a slug of its own. */
export function createEvent(
  deps: Pick<Deps, 'db' | 'artists' | 'layouts' | 'pushes'>,
  actor: Actor,
  input: EventInput,
  creationKey?: string,
): Promise<SavedEvent> {
  return inTransaction(deps.db, async (transaction) => {
    const created = await insertDraft(deps, transaction, actor, input, creationKey);
    if (created !== undefined) return created;
    // A crash between the commit and the stored answer: the repeat finds what the first attempt made.
    const earlier = await findCreatedEvent(transaction, {
      slug: input.slug,
      ownerId: actor.accountId,
      creationKey,
    });
    if (earlier === undefined) throw new Problem('slug-taken');
    return { eventId: earlier.id, wanted: undefined };
  });
}
