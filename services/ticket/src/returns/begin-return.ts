import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import type { TicketTables } from '../tables.ts';
import {
  insertReturn,
  isPastCutoff,
  lockTickets,
  markReturning,
  readReturn,
  readTickets,
  reservationWithTickets,
} from './store.ts';
import { judgeReturn } from './ticket-return.ts';

interface ReturnOrder {
  readonly reservationId: string;
  readonly accountId: string;
  /** All that are not back yet when absent. */
  readonly ticketIds?: readonly string[] | undefined;
}

interface BeginReturn extends ReturnOrder {
  readonly refundId: string;
  readonly requestId: string;
}

/** Stops tickets from being used while their refund runs. A repeat of the refund answers the same. */
export async function beginReturn(deps: Pick<Deps, 'db' | 'config'>, command: BeginReturn) {
  return inTransaction(deps.db, (trx) => begin(trx, command, deps.config.RETURN_CUTOFF_HOURS));
}

/** What `beginReturn` would lock and give back; changes nothing. */
export async function quoteReturn(deps: Pick<Deps, 'db' | 'config'>, order: ReturnOrder) {
  return inTransaction(deps.db, async (trx) => {
    const { ticketIds, amount } = await chooseTickets(trx, order, deps.config.RETURN_CUTOFF_HOURS);
    return { ticketIds, amount };
  });
}

async function begin(trx: Transaction<TicketTables>, command: BeginReturn, cutoffHours: number) {
  const reservationId = await lockIssued(trx, command);
  const earlier = await readReturn(trx, command.refundId);
  if (earlier !== undefined) return { ticketIds: earlier.ticket_ids, amount: earlier.amount };
  const { ticketIds, amount } = await chooseTickets(trx, command, cutoffHours);
  await markReturning(trx, command.refundId, ticketIds);
  await insertReturn(trx, { ...command, reservationId, ticketIds, amount });
  await audit(trx, {
    actor: command.accountId,
    action: 'tickets.begin-return',
    subject: `reservation:${reservationId}`,
    after: { refundId: command.refundId, ticketIds, amount },
    requestId: command.requestId,
  });
  return { ticketIds, amount };
}

async function chooseTickets(trx: Transaction<TicketTables>, order: ReturnOrder, cutoffHours: number) {
  const reservationId = await lockIssued(trx, order);
  const tickets = await readTickets(trx, reservationId);
  const wanted = order.ticketIds && new Set(order.ticketIds.map((id) => id.toLowerCase()));
  const chosen = tickets.filter((ticket) => wanted?.has(ticket.ticket_id) ?? ticket.state !== 'returned');
  if (wanted !== undefined && chosen.length !== wanted.size) throw new Problem('ticket-not-returnable');
  const isTooLate = await isPastCutoff(trx, order.reservationId, cutoffHours);
  const verdict = judgeReturn(
    chosen.map((ticket) => ticket.state),
    isTooLate,
  );
  if (verdict !== 'lock') throw new Problem(verdict);
  return {
    ticketIds: chosen.map((ticket) => ticket.ticket_id),
    amount: chosen.reduce((sum, ticket) => sum + ticket.price, 0),
  };
}

// Tickets of a replaced reservation hang on its replacement.
async function lockIssued(trx: Transaction<TicketTables>, order: ReturnOrder): Promise<string> {
  const reservationId = await reservationWithTickets(trx, order);
  if (reservationId === undefined) throw new Problem('reservation-not-found');
  await lockTickets(trx, reservationId);
  return reservationId;
}
