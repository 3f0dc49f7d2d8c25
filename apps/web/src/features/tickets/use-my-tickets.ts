'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { listMyTickets, type Ticket } from '@urr/contracts/ticket-reads.ts';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { keptTickets } from './kept-tickets.ts';

/** What is known of the reader's tickets. */
export type TicketsReading =
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'known';
      readonly tickets: readonly Ticket[];
      /** True when the server could not be asked: these are the ones on this device. */
      readonly isOffline: boolean;
      readonly readAtMs: number;
    }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument };

/** Pages of 100: more tickets than anybody holds, and an end for the loop. */
const mostPages = 10;

/** Reads all tickets of the reader; those on this device where there is no network. */
export function useMyTickets(): { readonly reading: TicketsReading; readonly readAgain: () => void } {
  const [reading, setReading] = useState<TicketsReading>({ kind: 'reading' });
  const readAgain = useCallback(() => {
    setReading({ kind: 'reading' });
    void readAll().then(setReading);
  }, []);
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const next = await readAll();
      if (isHere) setReading(next);
    };
    const onReturn = () => void look();
    onReturn();
    window.addEventListener('online', onReturn);
    return () => {
      isHere = false;
      window.removeEventListener('online', onReturn);
    };
  }, []);
  return { reading, readAgain };
}

async function readAll(): Promise<TicketsReading> {
  const tickets: Ticket[] = [];
  let before: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const result = await call(listMyTickets, {
      query: { limit: 100, ...(before === undefined ? {} : { before }) },
    });
    if (!result.ok) return withoutServer(result.problem, result.unknown);
    tickets.push(...result.body.tickets);
    before = result.body.next;
    if (before === undefined) break;
  }
  return { kind: 'known', tickets, isOffline: false, readAtMs: Date.now() };
}

async function withoutServer(problem: ProblemDocument, isUnknown: boolean): Promise<TicketsReading> {
  const kept = isUnknown ? await keptTickets() : [];
  if (kept.length === 0) return { kind: 'refused', problem };
  return { kind: 'known', tickets: kept.map(({ ticket }) => ticket), isOffline: true, readAtMs: Date.now() };
}
