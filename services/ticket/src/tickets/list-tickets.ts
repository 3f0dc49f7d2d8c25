import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { SaleMemory } from './sale-memory.ts';
import { listTickets as listRows, type TicketPosition, type TicketRow } from './store.ts';
import { ticketView } from './ticket-view.ts';

interface Page {
  readonly eventId: string | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

/** One page of an account's tickets, newest first. */
export async function listTickets(
  { db, config, sales }: Pick<Deps, 'db' | 'config'> & { readonly sales: SaleMemory },
  accountId: string,
  { eventId, before, limit }: Page,
) {
  const position = before === undefined ? undefined : parsePosition(before);
  const rows = await listRows(db, accountId, { eventId, before: position, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    tickets: await Promise.all(
      shown.map(async (row) => {
        const sale = await sales.read(row.event_id, row.revision);
        return ticketView(row, sale, config.RETURN_CUTOFF_HOURS);
      }),
    ),
    ...(rows.length > limit && last !== undefined ? { next: positionText(last) } : {}),
  };
}

function positionText(row: TicketRow): string {
  return `${row.issued_at.getTime()}_${row.ticket_id}`;
}

function parsePosition(text: string): TicketPosition {
  const match = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (match === null) {
    const errors = [{ path: 'query/before', message: 'must be the `next` of an earlier page' }];
    throw new Problem('invalid-input', { data: { errors } });
  }
  return { issuedAt: new Date(Number(match[1])), ticketId: match[2] ?? '' };
}
