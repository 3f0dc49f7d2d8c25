'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { readTicket, type Ticket } from '@urr/contracts/ticket-reads.ts';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { signedInCookie } from '../../api/session.ts';
import { forgetTicket, keepTicket, keptTicket, type TicketPass } from './kept-tickets.ts';
import { readPass } from './read-pass.ts';

/** What is known of a ticket right now. */
export type TicketReading =
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'known';
      readonly ticket: Ticket;
      /** Absent when the server has to draw the QR. */
      readonly pass: TicketPass | undefined;
      /** `device`: nobody has confirmed it yet; `offline`: nobody could. */
      readonly from: 'server' | 'device' | 'offline';
    }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument };

type Show = (reading: TicketReading) => void;

const lookAgainMs = 120_000;

/** Reads a ticket from this device at once and from the server as soon as it answers; looks again when the page is looked at. */
export function useTicket(ticketId: string): {
  readonly reading: TicketReading;
  readonly readAgain: () => void;
} {
  const [reading, setReading] = useState<TicketReading>({ kind: 'reading' });
  const readAgain = useCallback(() => void readFrom(ticketId, setReading), [ticketId]);
  useEffect(() => {
    let isHere = true;
    const look = () => void readFrom(ticketId, (next) => isHere && setReading(next));
    const onReturn = () => document.visibilityState === 'visible' && look();
    look();
    const timer = setInterval(onReturn, lookAgainMs);
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', look);
    return () => {
      isHere = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', look);
    };
  }, [ticketId]);
  return { reading, readAgain };
}

async function readFrom(ticketId: string, show: Show): Promise<void> {
  const kept = await keptTicket(ticketId);
  if (kept !== undefined && isSomebodyHere()) show({ kind: 'known', ...kept, from: 'device' });
  const result = await call(readTicket, { params: { ticketId } });
  if (result.ok) return showConfirmed(result.body, kept?.pass, show);
  const { code } = result.problem;
  if (code === 'ticket-not-found') await forgetTicket(ticketId);
  const isAnswer = code === 'ticket-not-found' || code === 'unauthenticated' || code === 'forbidden';
  if (kept === undefined || isAnswer) show({ kind: 'refused', problem: result.problem });
  else show({ kind: 'known', ...kept, from: 'offline' });
}

async function showConfirmed(ticket: Ticket, kept: TicketPass | undefined, show: Show): Promise<void> {
  const { ticketId } = ticket;
  if (ticket.state !== 'valid') {
    await forgetTicket(ticketId);
    return show({ kind: 'known', ticket, pass: undefined, from: 'server' });
  }
  // Read each time: its clock is newer than the kept one's.
  const pass = (await readPass(ticketId)) ?? kept;
  if (pass !== undefined) await keepTicket({ ticketId, ticket, pass });
  show({ kind: 'known', ticket, pass, from: 'server' });
}

// Nothing is shown to a reader who is known to be signed out before the server has been asked.
function isSomebodyHere(): boolean {
  return document.cookie.split('; ').includes(`${signedInCookie}=1`);
}
