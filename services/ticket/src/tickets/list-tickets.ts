import type { Deps } from '../deps.ts';
import { pageOf, parsePosition } from '../list-position.ts';
import type { SaleMemory } from './sale-memory.ts';
import { listTickets as listRows } from './store.ts';
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
  const page = { eventId, before: parsePosition(before), limit: limit + 1 };
  const rows = await listRows(db, accountId, page);
  const { shown, more } = pageOf(rows, limit, (row) => ({ at: row.issued_at, id: row.ticket_id }));
  return {
    tickets: await Promise.all(
      shown.map(async (row) => {
        const sale = await sales.read(row.event_id, row.revision);
        return ticketView(row, sale, config.RETURN_CUTOFF_HOURS);
      }),
    ),
    ...more,
  };
}
