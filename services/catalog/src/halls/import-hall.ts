import { createHash, randomUUID } from 'node:crypto';
import type { HallImport, HallImportReport } from '@urr/contracts/catalog-shapes.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Kysely } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { CatalogTables } from '../tables.ts';
import { countGrades } from './count-grades.ts';
import { type HallFile, readHallFile } from './read-hall-file.ts';
import {
  findHallBySlug,
  findNewestLayout,
  type Hall,
  insertHall,
  insertLayout,
  type Layout,
  lockHall,
  renameHall,
} from './store.ts';

/** Takes a hall's file as a new layout version; the same seats again make none. A file with errors is refused whole. */
export async function importHall(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: HallImport,
): Promise<HallImportReport> {
  const file = await readHallFile(input.csv);
  if (file.errors.count > 0) {
    throw new Problem('hall-file-refused', {
      data: { total: file.errors.count, errors: file.errors.listed },
    });
  }
  return inTransaction(deps.db, async (transaction) => {
    const hall = await takeHall(transaction, actor, input);
    const before = await findNewestLayout(transaction, hall.id);
    const layout = newLayout(hall.id, before, file);
    const isNew = layout !== before;
    if (isNew) await insertLayout(transaction, { ...layout, seats: file.seats, created_by: actor.accountId });
    const isRenamed = hall.name_ko !== input.name.ko || hall.name_en !== input.name.en;
    if (isRenamed) await renameHall(transaction, hall.id, input.name);
    if (isNew || isRenamed) await auditImport(transaction, actor, { hall, before, input, layout });
    return reportOf(input, file, { hall, layout, isNew, dryRun: false });
  });
}

/** Tells what `importHall` would do, without doing it; faults are part of the answer. */
export async function previewHall(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: HallImport,
): Promise<HallImportReport> {
  const file = await readHallFile(input.csv);
  const hall = await findHallBySlug(deps.db, input.slug);
  if (hall !== undefined) requireOwner(actor, hall.owner_id);
  const before = hall === undefined ? undefined : await findNewestLayout(deps.db, hall.id);
  const layout = newLayout(hall?.id ?? '', before, file);
  const isNew = layout !== before;
  return reportOf(input, file, { hall, layout, isNew, dryRun: true });
}

// Whoever inserts the slug first owns the hall; everyone then waits on the one row, so versions follow one another.
async function takeHall(db: Kysely<CatalogTables>, actor: Actor, input: HallImport): Promise<Hall> {
  const { name, slug } = input;
  await insertHall(db, {
    id: randomUUID(),
    slug,
    owner_id: actor.accountId,
    name_ko: name.ko,
    name_en: name.en,
  });
  const hall = await lockHall(db, slug);
  requireOwner(actor, hall.owner_id);
  return hall;
}

function newLayout(hallId: string, before: Layout | undefined, file: HallFile): Layout {
  const contentHash = createHash('sha256').update(JSON.stringify(file.seats)).digest('base64url');
  if (before?.content_hash === contentHash) return before;
  return {
    id: randomUUID(),
    hall_id: hallId,
    version: (before?.version ?? 0) + 1,
    content_hash: contentHash,
    seat_count: file.seats.length,
    grades: countGrades(file.seats),
  };
}

function auditImport(
  db: Kysely<CatalogTables>,
  actor: Actor,
  change: { hall: Hall; before: Layout | undefined; input: HallImport; layout: Layout },
): Promise<void> {
  const { hall, before, input, layout } = change;
  const facts = (of: Layout) => ({ layoutId: of.id, version: of.version, seats: of.seat_count });
  return audit(db, {
    actor: actor.accountId,
    action: 'hall.import',
    subject: `hall:${hall.id}`,
    ...(before === undefined
      ? {}
      : { before: { name: { ko: hall.name_ko, en: hall.name_en }, ...facts(before) } }),
    after: { slug: hall.slug, name: input.name, ...facts(layout) },
    requestId: actor.requestId,
  });
}

interface Outcome {
  readonly hall: Hall | undefined;
  readonly layout: Layout;
  readonly isNew: boolean;
  readonly dryRun: boolean;
}

function reportOf(input: HallImport, file: HallFile, outcome: Outcome): HallImportReport {
  const accepted = file.errors.count === 0;
  // In a preview neither a new hall nor a new layout has an id yet.
  const layoutId = outcome.dryRun && outcome.isNew ? null : outcome.layout.id;
  return {
    dryRun: outcome.dryRun,
    accepted,
    slug: input.slug,
    hallId: outcome.hall?.id ?? null,
    layoutId,
    version: accepted ? outcome.layout.version : null,
    isNew: accepted && outcome.isNew,
    seats: file.seats.length,
    sections: new Set(file.seats.map((seat) => seat.section)).size,
    grades: countGrades(file.seats),
    errorCount: file.errors.count,
    errors: file.errors.listed,
    warningCount: file.warnings.count,
    warnings: file.warnings.listed,
  };
}
