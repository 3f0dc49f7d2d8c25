'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { listMyTickets, type Ticket } from '@urr/contracts/ticket-reads.ts';
import { call } from '../../api/call.ts';
import { Refused, useRead } from '../../api/queries.tsx';

const pageSize = 100;
const mostPages = 5;

/** The reader's tickets for an event that pass `isWanted`; `error` is always `Refused`. */
export function useTickets(
  eventId: string,
  name: string,
  isWanted: (ticket: Ticket) => boolean,
): UseQueryResult<Ticket[], Refused> {
  return useRead<Ticket[], Refused>({
    queryKey: ['tickets', eventId, name],
    queryFn: async () => inSeatOrder((await readTickets(eventId)).filter(isWanted)),
  });
}

function inSeatOrder(tickets: readonly Ticket[]): Ticket[] {
  const nameOf = ({ grade, seat }: Ticket) => `${grade} ${seat?.section} ${seat?.row} ${seat?.seat}`;
  return [...tickets].sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true }));
}

async function readTickets(eventId: string): Promise<Ticket[]> {
  const found: Ticket[] = [];
  let before: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { eventId, limit: pageSize, ...(before === undefined ? {} : { before }) };
    const result = await call(listMyTickets, { query });
    if (!result.ok) throw new Refused(result.problem);
    found.push(...result.body.tickets);
    if (result.body.next === undefined) break;
    before = result.body.next;
  }
  return found;
}
