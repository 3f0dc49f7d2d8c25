'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useEffect, useState } from 'react';
import type { Locale } from '../../i18n/routing.ts';
import { keptTickets } from './kept-tickets.ts';
import { keepPagesOffline } from './offline-pages.ts';
import { keepWithNeighbours } from './read-pass.ts';
import type { TicketReading } from './use-ticket.ts';

/** Keeps a ticket and its neighbours so that they open without a network, and tells when they do. */
export function useKeptOffline(
  reading: TicketReading,
  locale: Locale,
): { readonly neighbours: readonly Ticket[]; readonly isKept: boolean } {
  const [neighbours, setNeighbours] = useState<readonly Ticket[]>([]);
  const [isKept, setKept] = useState(false);
  const ticket = reading.kind === 'known' ? reading.ticket : undefined;
  const isConfirmed = reading.kind === 'known' && reading.from === 'server';
  const { ticketId, eventId, state } = ticket ?? {};
  useEffect(() => {
    let isHere = true;
    const keep = async () => {
      if (ticket === undefined) return;
      const found = isConfirmed ? await keepWithNeighbours(ticket) : await keptNeighbours(ticket.eventId);
      if (isHere) setNeighbours(found);
      const kept = await keptTickets();
      const isHereKept = kept.some((one) => one.ticketId === ticket.ticketId);
      const isOpenable = isConfirmed
        ? await keepPagesOffline(
            locale,
            kept.map((one) => one.ticketId),
          )
        : isHereKept;
      if (isHere) setKept(isHereKept && isOpenable);
    };
    void keep();
    return () => {
      isHere = false;
    };
    // The ticket is read again and again: only another one, or another state of it, is kept anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [ticketId, eventId, state, isConfirmed, locale]);
  return { neighbours, isKept };
}

async function keptNeighbours(eventId: string): Promise<readonly Ticket[]> {
  return (await keptTickets()).map(({ ticket }) => ticket).filter((ticket) => ticket.eventId === eventId);
}
