import { type Kysely, type Selectable, sql } from 'kysely';
import type { NewImage } from '../deps.ts';
import type { CatalogTables, ImagesTable } from '../tables.ts';

type Db = Kysely<CatalogTables>;

/** Pictures of one event that may be there at once, the replaced ones that still wait for the sweeper among them. */
const mostOfOneEvent = 20;
/** An upload takes seconds; what is not shown after this was left by a crash. */
const arrivalMinutes = 60;
/** Pages that are open, and copies in caches, still name the picture that was replaced. */
const farewellMinutes = 10;
/** Pause after which the sweeper tries again to remove what it could not. */
const retryMinutes = 5;
const sweptAtOnce = 50;

export function findImage(db: Db, key: string): Promise<Selectable<ImagesTable> | undefined> {
  return db.selectFrom('images').selectAll().where('key', '=', key).executeTakeFirst();
}

/** Notes a picture on its way; false when its event has too many. The caller holds the event's row. */
export async function noteArrival(db: Db, image: NewImage): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO images (key, event_id, content_hash, byte_count, width, height, uploaded_by, remove_after)
    SELECT ${image.key}, ${image.eventId}, ${image.contentHash}, ${image.byteCount}::integer, ${image.width}::integer,
      ${image.height}::integer, ${image.uploadedBy}, clock_timestamp() + ${arrivalMinutes} * interval '1 minute'
    WHERE (SELECT count(*) FROM images WHERE event_id = ${image.eventId}) < ${mostOfOneEvent}
    RETURNING key`.execute(db);
  return rows.length > 0;
}

/** Keeps a picture that an event is about to show; false when the sweeper already has it. */
export async function keepImage(db: Db, key: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE images SET remove_after = NULL WHERE key = ${key} AND swept_at IS NULL RETURNING key`.execute(db);
  return rows.length > 0;
}

/** Leaves a picture that is not shown any more to the sweeper. */
export async function discardImage(db: Db, key: string): Promise<void> {
  await sql`
    UPDATE images SET remove_after = clock_timestamp() + ${farewellMinutes} * interval '1 minute'
    WHERE key = ${key}`.execute(db);
}

/** Takes pictures whose time has come, for good; those that stay because of a fault come again later. */
export async function claimForSweep(db: Db): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    UPDATE images SET swept_at = clock_timestamp(), remove_after = clock_timestamp() + ${retryMinutes} * interval '1 minute'
    WHERE key IN (
      SELECT key FROM images WHERE remove_after <= clock_timestamp()
      ORDER BY remove_after LIMIT ${sweptAtOnce} FOR UPDATE SKIP LOCKED)
    RETURNING key`.execute(db);
  return rows.map((row) => row.key);
}

/** Forgets a picture that the store has removed. */
export async function forgetImage(db: Db, key: string): Promise<void> {
  await sql`DELETE FROM images WHERE key = ${key} AND swept_at IS NOT NULL`.execute(db);
}
