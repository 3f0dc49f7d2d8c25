import { randomUUID } from 'node:crypto';
import type { EventChange, EventInput } from '@urr/contracts/catalog-shapes.ts';
import { audit } from '@urr/platform/audit.ts';
import { isOwner, requireOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Kysely } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { CatalogTables } from '../tables.ts';
import { checkEvent } from './check-event.ts';
import { type EventFacts, inputOf } from './event-facts.ts';
import { eventFaults } from './event-faults.ts';
import { checkPublishedChange, gradesWithoutPrice } from './published-rules.ts';
import { type EventRow, insertEvent, lockEvent, readFacts, readStoreClock, updateEvent } from './store.ts';

type Db = Kysely<CatalogTables>;
type SaveDeps = Pick<Deps, 'artists' | 'layouts' | 'pushes'>;

/** An event as it now stands; `wanted` is the inventory version that ticket-service should get. */
export interface SavedEvent {
  readonly eventId: string;
  readonly wanted: number | undefined;
}

/** Inserts a draft in the caller's transaction; `undefined` when another event has the slug. */
export async function insertDraft(
  deps: SaveDeps,
  db: Db,
  actor: Actor,
  input: EventInput,
  creationKey?: string,
): Promise<SavedEvent | undefined> {
  const { facts, hallId } = await checked(deps, db, input, undefined);
  const artistId = await deps.artists.take(db, actor, facts.artist);
  const eventId = randomUUID();
  const draft = { id: eventId, ownerId: actor.accountId, creationKey };
  if (!(await insertEvent(db, draft, facts, { artistId, hallId }))) return undefined;
  await auditEvent(db, actor, 'event.create', eventId, { after: facts });
  return { eventId, wanted: undefined };
}

/** Lays a change over the event, checks the whole and writes it, in the caller's transaction. */
export async function applyChange(
  deps: SaveDeps,
  db: Db,
  actor: Actor,
  eventId: string,
  change: EventChange,
): Promise<SavedEvent> {
  const event = await lockOwnEvent(db, actor, eventId);
  if (event.state === 'cancelled') throw new Problem('event-cancelled');
  const before = await readFacts(db, event);
  const { facts, hallId, now } = await checked(deps, db, changedInput(before, change), event);
  if (event.state === 'published')
    await requirePublishedChange(deps, db, event, { before, after: facts, now });
  const artistId = await deps.artists.take(db, actor, facts.artist);
  if (sameFacts(before, facts)) return { eventId, wanted: undefined };
  const version = await updateEvent(db, eventId, facts, { artistId, hallId });
  if (event.state === 'published') await deps.pushes.want(db, eventId, version);
  await auditEvent(db, actor, 'event.change', eventId, { before, after: facts });
  return { eventId, wanted: event.state === 'published' ? version : undefined };
}

/** Locks an event the actor may change. */
export async function lockOwnEvent(db: Db, actor: Actor, eventId: string): Promise<EventRow> {
  const event = await lockEvent(db, eventId);
  // A draft of somebody else is nobody's business, not even that it exists.
  const isHidden = event?.published_at === null && !isOwner(actor, event.owner_id);
  if (event === undefined || isHidden) throw new Problem('event-not-found');
  requireOwner(actor, event.owner_id);
  return event;
}

/** Records a change of an event, with what it was and what it is. */
export function auditEvent(
  db: Db,
  actor: Actor,
  action: string,
  eventId: string,
  change: { readonly before?: unknown; readonly after?: unknown },
): Promise<void> {
  const subject = `event:${eventId}`;
  return audit(db, { actor: actor.accountId, action, subject, ...change, requestId: actor.requestId });
}

async function checked(deps: SaveDeps, db: Db, input: EventInput, event: EventRow | undefined) {
  const now = await readStoreClock(db);
  const { hall } = input.venue;
  const newest = hall === undefined ? undefined : await deps.layouts.findNewest(db, hall);
  const sold =
    event === undefined || event.layout_id === null
      ? undefined
      : await deps.layouts.find(db, event.layout_id);
  // What is published sells from the layout it was published with.
  const layout = sold !== undefined && sold.hallId === newest?.hallId ? sold : newest;
  const hallGrades = layout?.grades.map(({ grade }) => grade);
  const check = checkEvent(input, { now, hallGrades });
  if (check.kind === 'refused') throw new Problem('event-not-valid', { data: { errors: check.faults } });
  return { facts: check.facts, hallId: layout?.hallId ?? null, now };
}

function changedInput(before: EventFacts, change: EventChange): EventInput {
  const { prices, pools, ...stored } = inputOf(before);
  const isRepriced = change.prices !== undefined || change.pools !== undefined;
  const pricing = isRepriced ? {} : { ...(prices && { prices }), ...(pools && { pools }) };
  return { ...stored, ...pricing, ...change, sale: { ...stored.sale, ...change.sale } };
}

async function requirePublishedChange(
  deps: SaveDeps,
  db: Db,
  event: EventRow,
  change: { readonly before: EventFacts; readonly after: EventFacts; readonly now: Date },
): Promise<void> {
  const verdict = checkPublishedChange(change.before, change.after, change.now);
  if (verdict.kind === 'opened') throw new Problem('sale-already-open');
  if (verdict.kind === 'places-fixed')
    throw new Problem('published-places-fixed', { data: { errors: verdict.faults } });
  if (event.layout_id === null) return;
  const layout = await deps.layouts.find(db, event.layout_id);
  const errors = gradesWithoutPrice(layout?.grades ?? [], change.after.prices).map((grade) => ({
    path: `prices.${grade}`,
    message: eventFaults.gradeWithoutPrice,
  }));
  if (errors.length > 0) throw new Problem('event-not-valid', { data: { errors } });
}

function sameFacts(before: EventFacts, after: EventFacts): boolean {
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
}

// Key order differs between a file and a row.
function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return entries
    .map(([name, field]) => [name, sorted(field)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
