import { inTransaction } from '@urr/platform/database.ts';
import { firstTimes } from '@urr/platform/inbox.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { LinePhase } from '@urr/contracts/queue.ts';
import type { QueueTables } from '../../tables.ts';
import { consumer } from '../consumer.ts';
import type {
  EnterOutcome,
  Joiner,
  JoinOutcome,
  LineStore,
  NumberedPlace,
  SlotRelease,
  StoredPlace,
} from '../line-store.ts';

type PlacesPart = Pick<LineStore, 'join' | 'findPlaces' | 'enter' | 'leave' | 'advance' | 'releaseSlots'>;

/** Places and slots, in PostgreSQL: each step is one function of `migrations/`, called as one statement. */
export function createPlacesPart({ pool, db }: { pool: pg.Pool; db: Kysely<QueueTables> }): PlacesPart {
  return {
    join: (eventId, people, bearable) => join(pool, eventId, people, bearable),
    findPlaces: (eventId, accountIds) => findPlaces(pool, eventId, accountIds),
    enter: (eventId, people, bearable) => enter(pool, eventId, people, bearable),
    leave: async (eventId, accountId, arrival, number) => {
      const { rows } = await pool.query<{ outcome: 'left' | 'drawing' | 'renumbered' | 'none' }>({
        text: 'SELECT leave_line($1, $2, $3, $4) AS outcome',
        values: [eventId, accountId, arrival, number],
      });
      return rows[0]?.outcome ?? 'none';
    },
    advance: async (eventId, bearable) => {
      await pool.query({
        text: 'SELECT advance_line($1, $2)',
        values: [eventId, bearable],
      });
    },
    releaseSlots: (eventId, releases) =>
      inTransaction(db, (transaction) => releaseSlots(transaction, eventId, releases)),
  };
}

async function releaseSlots(
  transaction: Transaction<QueueTables>,
  eventId: string,
  releases: readonly SlotRelease[],
): Promise<void> {
  const told = releases.map((release) => ({ ...release, id: release.messageId }));
  const fresh = await firstTimes(transaction, consumer, told);
  const accounts = fresh.map(({ accountId }) => accountId);
  const slots = fresh.map(({ slotId }) => slotId ?? null);
  await sql`SELECT release_slots(${eventId}, ${accounts}::uuid[], ${slots}::uuid[])`.execute(transaction);
}

interface JoinRow {
  readonly outcome: 'unknown' | 'scheduled' | 'ended' | 'cancelled' | 'joined';
  readonly arrivals: string | null;
  readonly slot_ends: (Date | null)[] | null;
  readonly issued: number;
  readonly serving: number;
  readonly lobby_size: number | null;
  readonly epoch: number;
}

async function join(
  pool: pg.Pool,
  eventId: string,
  people: readonly Joiner[],
  bearable: number | null,
): Promise<JoinOutcome> {
  const { rows } = await pool.query<JoinRow>({
    // One text instead of an array: the driver parses arrays element by element.
    text: `SELECT outcome, array_to_string(arrivals, ',', '-') AS arrivals, slot_ends, issued, serving, lobby_size, epoch
           FROM join_line($1, $2, $3, $4)`,
    values: [
      eventId,
      people.map((person) => person.accountId),
      people.map((person) => person.receiptArrival),
      bearable,
    ],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('join_line answered nothing');
  if (row.outcome !== 'joined') return { kind: row.outcome };
  const arrivals = (row.arrivals ?? '').split(',').map((text) => (text === '-' ? null : Number(text)));
  const slotEnds = row.slot_ends ?? people.map(() => null);
  const { issued, serving, lobby_size: lobbySize, epoch } = row;
  return { kind: 'joined', arrivals, slotEnds, issued, serving, lobbySize, epoch };
}

interface PlaceRow {
  readonly account_id: string;
  readonly arrival: number;
  readonly has_left: boolean;
  readonly ends_at: Date | null;
  readonly is_running: boolean;
}

async function findPlaces(
  pool: pg.Pool,
  eventId: string,
  accountIds: readonly string[],
): Promise<(StoredPlace | undefined)[]> {
  const { rows } = await pool.query<PlaceRow>({
    text: `SELECT a.account_id, p.arrival, p.left_at IS NOT NULL AS has_left, p.ends_at,
             coalesce(p.released_at IS NULL AND p.ends_at > clock_timestamp(), false) AS is_running
           FROM unnest($2::uuid[]) AS a (account_id), LATERAL current_place($1, a.account_id) AS p`,
    values: [eventId, accountIds],
  });
  const byAccount = new Map(rows.map((row) => [row.account_id, placeOf(row)]));
  return accountIds.map((accountId) => byAccount.get(accountId));
}

function placeOf(row: PlaceRow): StoredPlace {
  return {
    accountId: row.account_id,
    arrival: row.arrival,
    hasLeft: row.has_left,
    slot: row.ends_at === null ? null : { endsAt: row.ends_at, isRunning: row.is_running },
  };
}

interface EnterRow {
  readonly place: number;
  readonly outcome: 'admitted' | 'used' | 'not-yet' | LinePhase;
  readonly slot_id: string | null;
  readonly granted_at: Date | null;
  readonly ends_at: Date | null;
  readonly admission: number | null;
  readonly is_new: boolean;
}

async function enter(
  pool: pg.Pool,
  eventId: string,
  people: readonly NumberedPlace[],
  bearable: number | null,
): Promise<EnterOutcome[]> {
  const { rows } = await pool.query<EnterRow>({
    text: 'SELECT place, outcome, slot_id, granted_at, ends_at, admission, is_new FROM enter_line($1, $2, $3, $4, $5)',
    values: [
      eventId,
      people.map((person) => person.accountId),
      people.map((person) => person.arrival),
      people.map((person) => person.number),
      bearable,
    ],
  });
  const byPlace = new Map(rows.map((row) => [row.place, outcomeOf(row)]));
  return people.map((_, index) => byPlace.get(index + 1) ?? { kind: 'none' });
}

function outcomeOf({
  outcome,
  slot_id: slotId,
  granted_at: grantedAt,
  ends_at: endsAt,
  admission,
  is_new: isNew,
}: EnterRow): EnterOutcome {
  if (outcome === 'used' || outcome === 'not-yet') return { kind: outcome };
  if (outcome !== 'admitted') return { kind: 'closed', phase: outcome };
  if (slotId === null || grantedAt === null || endsAt === null || admission === null)
    throw new Error('a slot without its facts');
  return { kind: 'admitted', slotId, grantedAt, endsAt, admission, isNew };
}
