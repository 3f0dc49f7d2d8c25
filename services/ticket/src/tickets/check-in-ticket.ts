import type { CheckedInTicket } from '@urr/contracts/ticket-reads.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import type { Account } from '@urr/platform/identity.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { isCurrentCode } from './one-time-code.ts';
import { requireValid } from './own-ticket.ts';
import type { SaleMemory } from './sale-memory.ts';
import { countTickets, findTicketByCode, markUsed, readTicket, type TicketRow } from './store.ts';
import { parsePayload } from './ticket-payload.ts';
import { ticketPlace } from './ticket-view.ts';

interface Scan {
  /** The event the gate is open for. */
  readonly eventId: string;
  readonly payload: string;
  /** Who holds the scanner: the event's organiser or an admin. */
  readonly account: Account;
  readonly requestId: string;
}

/** Lets the holder of a scanned ticket in, once: of many scans at the same time, one wins and the others learn when. */
export async function checkInTicket(
  deps: Pick<Deps, 'db'> & { readonly sales: SaleMemory },
  scan: Scan,
): Promise<CheckedInTicket> {
  const { accountId } = scan.account;
  const row = await scannedTicket(deps, scan);
  const usedAt = await inTransaction(deps.db, async (trx) => {
    const instant = await markUsed(trx, row.ticket_id, accountId);
    if (instant === undefined) return undefined;
    await audit(trx, {
      actor: accountId,
      action: 'ticket.check-in',
      subject: `ticket:${row.ticket_id}`,
      before: { state: 'valid' },
      after: { state: 'used', usedAt: instant },
      requestId: scan.requestId,
    });
    return instant;
  });
  if (usedAt === undefined) return refuseLoser(deps, row.ticket_id, accountId);
  return {
    ticketId: row.ticket_id,
    eventId: row.event_id,
    ...ticketPlace(row, await deps.sales.read(row.event_id, row.revision)),
    state: 'used',
    usedAt: usedAt.toISOString(),
    holder: await countTickets(deps.db, row.account_id, row.event_id),
  };
}

async function scannedTicket({ db }: Pick<Deps, 'db'>, scan: Scan): Promise<TicketRow> {
  const payload = parsePayload(scan.payload);
  const row = payload && (await findTicketByCode(db, payload.code));
  if (payload === undefined || row === undefined) throw new Problem('ticket-code-unknown');
  if (!isCurrentCode(row.totp_secret, payload.oneTimeCode, row.now_ms))
    throw new Problem('ticket-code-stale');
  if (row.event_id !== scan.eventId.toLowerCase())
    throw new Problem('ticket-for-another-event', { data: { eventId: row.event_id } });
  requireOwner(scan.account, row.owner_id);
  requireValid(row, scan.account.accountId);
  return row;
}

// It was valid a moment ago: another gate or a refund was faster.
async function refuseLoser({ db }: Pick<Deps, 'db'>, ticketId: string, accountId: string): Promise<never> {
  const row = await readTicket(db, ticketId);
  if (row !== undefined) requireValid(row, accountId);
  throw new Problem('ticket-code-unknown');
}
