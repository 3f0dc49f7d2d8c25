import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { inTransaction } from '@urr/platform/database.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { applyChange, insertDraft, type SavedEvent } from './save-event.ts';
import { findEventIdBySlug } from './store.ts';

/** Creates the event a file describes, or brings the one with its slug in line with it. */
export function importEvent(
  deps: Pick<Deps, 'db' | 'artists' | 'layouts' | 'pushes'>,
  actor: Actor,
  input: EventInput,
): Promise<SavedEvent> {
  return inTransaction(deps.db, async (transaction) => {
    const known = await findEventIdBySlug(transaction, input.slug);
    const created = known === undefined ? await insertDraft(deps, transaction, actor, input) : undefined;
    if (created !== undefined) return created;
    // The insert waited for whoever took the slug first, so the row is there now.
    const taken = known ?? (await findEventIdBySlug(transaction, input.slug));
    const { slug: _slug, ...change } = input;
    return applyChange(deps, transaction, actor, taken?.id ?? '', change);
  });
}
