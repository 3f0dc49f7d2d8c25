import { createHash } from 'node:crypto';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Kysely } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Deps, NewImage } from '../deps.ts';
import type { CatalogTables } from '../tables.ts';
import { auditEvent, lockOwnEvent } from './save-event.ts';
import { type EventRow, setImage } from './store.ts';

type ImageDeps = Pick<Deps, 'db' | 'images'>;

/** A picture as it was sent. */
export interface SentImage {
  readonly declaredType: string;
  readonly content: Buffer;
}

/**
 * Puts a picture in place of the event's drawn poster. Three steps, and a crash after any of them leaves nothing dangling:
 * a row that knows of the picture, the picture in its store, the event that shows it.
 */
export async function putImage(
  deps: ImageDeps,
  actor: Actor,
  eventId: string,
  { declaredType, content }: SentImage,
): Promise<void> {
  const picture = deps.images.check(declaredType, content);
  const contentHash = createHash('sha256').update(content).digest();
  const image: NewImage = { ...picture, eventId, contentHash, uploadedBy: actor.accountId };
  if (!(await noteArrival(deps, actor, image))) return;
  await deps.images.put(image.key, content);
  await inTransaction(deps.db, async (transaction) => {
    const event = await lockChangeable(transaction, actor, eventId);
    // It took longer to arrive than anybody waits.
    if (!(await deps.images.keep(transaction, image.key))) throw new Problem('deadline-exceeded');
    await show(deps, transaction, actor, event, image);
  });
}

/** Takes the event's picture away, so that its poster is drawn again. */
export function removeImage(deps: ImageDeps, actor: Actor, eventId: string): Promise<void> {
  return inTransaction(deps.db, async (transaction) => {
    const event = await lockChangeable(transaction, actor, eventId);
    if (event.image_key !== null) await show(deps, transaction, actor, event, undefined);
  });
}

/** False when the event already shows this very picture. */
function noteArrival(deps: ImageDeps, actor: Actor, image: NewImage): Promise<boolean> {
  return inTransaction(deps.db, async (transaction) => {
    const { image_key: shownKey } = await lockChangeable(transaction, actor, image.eventId);
    const shown = shownKey === null ? undefined : await deps.images.find(transaction, shownKey);
    if (shown?.content_hash.equals(image.contentHash) === true) return false;
    if (await deps.images.noteArrival(transaction, image)) return true;
    throw new Problem('image-changed-too-often', { retryAfter: 300 });
  });
}

async function lockChangeable(db: Kysely<CatalogTables>, actor: Actor, eventId: string): Promise<EventRow> {
  const event = await lockOwnEvent(db, actor, eventId);
  if (event.state === 'cancelled') throw new Problem('event-cancelled');
  return event;
}

async function show(
  deps: ImageDeps,
  db: Kysely<CatalogTables>,
  actor: Actor,
  event: EventRow,
  image: NewImage | undefined,
): Promise<void> {
  await setImage(db, event.id, image?.key ?? null);
  if (event.image_key !== null) await deps.images.discard(db, event.image_key);
  await auditEvent(db, actor, 'event.image', event.id, {
    before: { image: event.image_key },
    after:
      image === undefined
        ? { image: null }
        : {
            image: image.key,
            bytes: image.byteCount,
            width: image.width,
            height: image.height,
            sha256: image.contentHash.toString('hex'),
          },
  });
}
