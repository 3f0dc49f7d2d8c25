import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import type { Sale } from '../live/sale.ts';
import { refundDeadline } from '../live/refund-deadline.ts';
import type { TicketRow } from './store.ts';

const unknown = { ko: '', en: '' };

/** The ticket as its owner sees it; no refund by the buyer later than `cutoffHours` before the show. */
export function ticketView(row: TicketRow, sale: Sale | undefined, cutoffHours: number): Ticket {
  return {
    ticketId: row.ticket_id,
    eventId: row.event_id,
    reservationId: row.reservation_id,
    title: sale?.title ?? unknown,
    venue: sale?.venue ?? unknown,
    startsAt: (sale?.startsAt ?? new Date(0)).toISOString(),
    state: row.state,
    ...ticketPlace(row, sale),
    price: row.price,
    ...refundDeadline(sale, cutoffHours),
    issuedAt: row.issued_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
  };
}

/** Where the ticket lets its holder sit or stand, as printed. */
export function ticketPlace(row: TicketRow, sale: Sale | undefined): Pick<Ticket, 'grade' | 'seat' | 'pool'> {
  return { grade: row.grade, seat: seatOf(row, sale), pool: poolOf(row, sale) };
}

function seatOf({ seat_id: seatId }: TicketRow, sale: Sale | undefined): Ticket['seat'] {
  if (seatId === null) return null;
  const { section = '', row = '', seat = '' } = sale?.layout?.seats[seatId] ?? {};
  return { seatId, section, row, seat };
}

function poolOf({ ticket_type_id: ticketTypeId, grade }: TicketRow, sale: Sale | undefined): Ticket['pool'] {
  if (ticketTypeId === null) return null;
  const pool = sale?.pools.find((candidate) => candidate.ticketTypeId === ticketTypeId);
  return { ticketTypeId, name: pool?.name ?? { ko: grade, en: grade } };
}
