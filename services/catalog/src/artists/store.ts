import { randomUUID } from 'node:crypto';
import type { Bilingual } from '@urr/contracts/primitives.ts';
import { audit } from '@urr/platform/audit.ts';
import { isOwner } from '@urr/platform/ownership.ts';
import { type Kysely, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { CatalogTables } from '../tables.ts';
import { likePattern } from '../like-pattern.ts';

type Db = Kysely<CatalogTables>;

export interface Artist {
  readonly id: string;
  readonly slug: string;
  readonly owner_id: string;
  readonly name_ko: string;
  readonly name_en: string;
}

const columns = ['id', 'slug', 'owner_id', 'name_ko', 'name_en'] as const;

export function findArtist(db: Db, slug: string): Promise<Artist | undefined> {
  return db.selectFrom('artists').select(columns).where('slug', '=', slug).executeTakeFirst();
}

/** Answers the id of the artist with this slug, entering one that is new; only its owner or an admin renames it. */
export async function takeArtist(
  db: Db,
  actor: Actor,
  artist: { readonly slug: string; readonly name: Bilingual },
): Promise<string> {
  const { slug, name } = artist;
  const inserted = await db
    .insertInto('artists')
    .values({ id: randomUUID(), slug, owner_id: actor.accountId, name_ko: name.ko, name_en: name.en })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) {
    await auditArtist(db, actor, 'artist.create', inserted.id, { after: artist });
    return inserted.id;
  }
  const known = await db
    .selectFrom('artists')
    .select(columns)
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  const isSame = known.name_ko === name.ko && known.name_en === name.en;
  if (!isSame && isOwner(actor, known.owner_id)) await rename(db, actor, known, name);
  return known.id;
}

async function rename(db: Db, actor: Actor, known: Artist, name: Bilingual): Promise<void> {
  await db
    .updateTable('artists')
    .set({ name_ko: name.ko, name_en: name.en })
    .where('id', '=', known.id)
    .execute();
  const before = { slug: known.slug, name: { ko: known.name_ko, en: known.name_en } };
  await auditArtist(db, actor, 'artist.rename', known.id, { before, after: { slug: known.slug, name } });
}

function auditArtist(
  db: Db,
  actor: Actor,
  action: string,
  artistId: string,
  change: { readonly before?: unknown; readonly after: unknown },
): Promise<void> {
  const subject = `artist:${artistId}`;
  return audit(db, { actor: actor.accountId, action, subject, ...change, requestId: actor.requestId });
}

export function listArtistsAfter(
  db: Db,
  search: string | undefined,
  afterSlug: string,
  limit: number,
): Promise<Artist[]> {
  return db
    .selectFrom('artists')
    .select(columns)
    .where('slug', '>', afterSlug)
    .$if(search !== undefined, (query) =>
      query.where(sql<boolean>`lower(name_ko || ' ' || name_en) LIKE lower(${likePattern(search ?? '')})`),
    )
    .orderBy('slug')
    .limit(limit)
    .execute();
}
