import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ListPosition } from '../list-position.ts';
import type { TicketsTable, TicketTables } from '../tables.ts';

/** A ticket's row, its event's owner and revision of the inventory, and the store's clock as it was read. */
export type TicketRow = Selectable<TicketsTable> & {
  readonly owner_id: string;
  readonly revision: number;
  readonly now_ms: number;
};

// Pages go on from whole milliseconds, which is all a Date carries.
const issuedAtMs = sql<Date>`date_trunc('milliseconds', tickets.issued_at)`;

function ticketRows(db: Kysely<TicketTables>) {
  return db
    .selectFrom('tickets')
    .innerJoin('events', 'events.event_id', 'tickets.event_id')
    .selectAll('tickets')
    .select(['events.owner_id', 'events.revision'])
    .select(sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::float8`.as('now_ms'));
}

export async function readTicket(db: Kysely<TicketTables>, ticketId: string): Promise<TicketRow | undefined> {
  return ticketRows(db).where('ticket_id', '=', ticketId).executeTakeFirst();
}

export async function findTicketByCode(
  db: Kysely<TicketTables>,
  code: string,
): Promise<TicketRow | undefined> {
  return ticketRows(db).where('code', '=', code).executeTakeFirst();
}

export async function listTickets(
  db: Kysely<TicketTables>,
  accountId: string,
  page: {
    readonly eventId: string | undefined;
    readonly before: ListPosition | undefined;
    readonly limit: number;
  },
): Promise<TicketRow[]> {
  const { eventId, before } = page;
  return ticketRows(db)
    .where('account_id', '=', accountId)
    .$if(eventId !== undefined, (query) => query.where('tickets.event_id', '=', eventId ?? ''))
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(${issuedAtMs}, tickets.ticket_id) < (${before?.at}, ${before?.id}::uuid)`),
    )
    .orderBy(issuedAtMs, 'desc')
    .orderBy('ticket_id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Uses a valid ticket by the store's clock; undefined when it is no longer valid. One row, one winner. */
export async function markUsed(
  trx: Transaction<TicketTables>,
  ticketId: string,
  usedBy: string,
): Promise<Date | undefined> {
  const row = await trx
    .updateTable('tickets')
    .set({ state: 'used', used_at: sql<Date>`clock_timestamp()`, used_by: usedBy })
    .where('ticket_id', '=', ticketId)
    .where('state', '=', 'valid')
    .returning('used_at')
    .executeTakeFirst();
  return row?.used_at ?? undefined;
}

/** How many tickets an account has for an event, and how many of them are used. */
export async function countTickets(
  db: Kysely<TicketTables>,
  accountId: string,
  eventId: string,
): Promise<{ tickets: number; used: number }> {
  return db
    .selectFrom('tickets')
    .select((query) => [
      query.fn.countAll<number>().as('tickets'),
      query.fn.countAll<number>().filterWhere('state', '=', 'used').as('used'),
    ])
    .where('account_id', '=', accountId)
    .where('event_id', '=', eventId)
    .where('state', '<>', 'returned')
    .executeTakeFirstOrThrow();
}
