import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { insertDraft, type SavedEvent } from './save-event.ts';

/** Creates a draft under a slug of its own. */
export function createEvent(
  deps: Pick<Deps, 'db' | 'artists' | 'layouts' | 'pushes'>,
  actor: Actor,
  input: EventInput,
): Promise<SavedEvent> {
  return inTransaction(deps.db, async (transaction) => {
    const created = await insertDraft(deps, transaction, actor, input);
    if (created === undefined) throw new Problem('slug-taken');
    return created;
  });
}
