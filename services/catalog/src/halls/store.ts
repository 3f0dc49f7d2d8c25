import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { Kysely } from 'kysely';
import type { CatalogTables, GradeCount } from '../tables.ts';

type Db = Kysely<CatalogTables>;

export interface Hall {
  readonly id: string;
  readonly slug: string;
  readonly owner_id: string;
  readonly name_ko: string;
  readonly name_en: string;
}

export interface Layout {
  readonly id: string;
  readonly hall_id: string;
  readonly version: number;
  readonly content_hash: string;
  readonly seat_count: number;
  readonly grades: readonly GradeCount[];
}

const hallColumns = ['id', 'slug', 'owner_id', 'name_ko', 'name_en'] as const;
const layoutColumns = ['id', 'hall_id', 'version', 'content_hash', 'seat_count', 'grades'] as const;

export async function insertHall(db: Db, hall: Hall): Promise<void> {
  await db
    .insertInto('halls')
    .values(hall)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .execute();
}

export function lockHall(db: Db, slug: string): Promise<Hall> {
  return db
    .selectFrom('halls')
    .select(hallColumns)
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export function findHallBySlug(db: Db, slug: string): Promise<Hall | undefined> {
  return db.selectFrom('halls').select(hallColumns).where('slug', '=', slug).executeTakeFirst();
}

export async function renameHall(db: Db, hallId: string, name: { ko: string; en: string }): Promise<void> {
  await db
    .updateTable('halls')
    .set({ name_ko: name.ko, name_en: name.en })
    .where('id', '=', hallId)
    .execute();
}

export function findNewestLayout(db: Db, hallId: string): Promise<Layout | undefined> {
  return db
    .selectFrom('layouts')
    .select(layoutColumns)
    .where('hall_id', '=', hallId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findLayout(db: Db, layoutId: string): Promise<Layout | undefined> {
  return db.selectFrom('layouts').select(layoutColumns).where('id', '=', layoutId).executeTakeFirst();
}

export async function insertLayout(
  db: Db,
  layout: Layout & { readonly seats: readonly LayoutSeat[]; readonly created_by: string },
): Promise<void> {
  await db
    .insertInto('layouts')
    .values({ ...layout, grades: JSON.stringify(layout.grades), seats: JSON.stringify(layout.seats) })
    .execute();
}

export type HallWithLayout = Hall & Omit<Layout, 'id' | 'hall_id'> & { readonly layout_id: string };

function newestLayouts(db: Db) {
  return db
    .selectFrom('halls')
    .innerJoin('layouts', 'layouts.hall_id', 'halls.id')
    .select(['halls.id', 'slug', 'owner_id', 'name_ko', 'name_en'])
    .select(['layouts.id as layout_id', 'version', 'content_hash', 'seat_count', 'grades'])
    .where('version', '=', (newest) =>
      newest
        .selectFrom('layouts as newer')
        .select((of) => of.fn.max('newer.version').as('version'))
        .whereRef('newer.hall_id', '=', 'halls.id'),
    );
}

export function findHallWithLayout(
  db: Db,
  by: { readonly id: string } | { readonly slug: string },
): Promise<HallWithLayout | undefined> {
  return 'id' in by
    ? newestLayouts(db).where('halls.id', '=', by.id).executeTakeFirst()
    : newestLayouts(db).where('slug', '=', by.slug).executeTakeFirst();
}

export function listHallsAfter(db: Db, afterSlug: string, limit: number): Promise<HallWithLayout[]> {
  return newestLayouts(db).where('slug', '>', afterSlug).orderBy('slug').limit(limit).execute();
}
