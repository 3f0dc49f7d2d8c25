import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { readTicket, type TicketRow } from './store.ts';

/** A ticket of the account's own; another's does not exist for it. */
export async function ownTicket(
  { db }: Pick<Deps, 'db'>,
  ticketId: string,
  accountId: string,
): Promise<TicketRow> {
  const row = await readTicket(db, ticketId);
  if (row === undefined || row.account_id !== accountId) throw new Problem('ticket-not-found');
  return row;
}

/** Throws unless the ticket can be used; `callerId` is told whether it was the one who used it. */
export function requireValid(row: Pick<TicketRow, 'state' | 'used_at' | 'used_by'>, callerId: string): void {
  if (row.state === 'valid') return;
  if (row.state !== 'used') throw new Problem('ticket-not-valid', { data: { state: row.state } });
  throw new Problem('ticket-already-used', {
    data: { usedAt: row.used_at?.toISOString(), byYou: row.used_by === callerId },
  });
}
