'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { reserveBestAvailable, reserveSeats } from '@urr/contracts/ticket.ts';
import { call } from '../../api/call.ts';
import { takenSeatsIn } from './problem-numbers.ts';
import type { SeatSale } from './seat-sale.ts';
import { type Reserving, type Send, useReserve } from './use-reserve.ts';

/** Ways to reserve seats; what a refusal tells of seats goes into the sale. */
export interface SeatReservation {
  readonly reserving: Reserving;
  readonly reserveChosen: () => void;
  readonly reserveBest: (grade: string, quantity: number) => void;
  readonly askAgain: () => void;
}

/** Reserves what is chosen, or the best there is. */
export function useSeatReservation(sale: SeatSale, eventId: string): SeatReservation {
  const reserving = useReserve();
  const tell = async (request: Promise<ProblemDocument | undefined>) => {
    const problem = await request;
    if (problem === undefined) return;
    const taken = takenSeatsIn(problem);
    sale.endReserving(taken);
    // Each lost seat says more about itself than the refusal does.
    if (taken.length > 0) reserving.forgetProblem();
  };
  const reserve = (send: Send) => {
    sale.beginReserving();
    void tell(reserving.begin(send));
  };
  return {
    reserving,
    reserveChosen: () => {
      const seatIds = [...sale.choice().selection];
      reserve((idempotencyKey) => call(reserveSeats, { body: { eventId, seatIds } }, { idempotencyKey }));
    },
    reserveBest: (grade, quantity) =>
      reserve((idempotencyKey) =>
        call(reserveBestAvailable, { body: { eventId, grade, quantity } }, { idempotencyKey }),
      ),
    askAgain: () => void tell(reserving.askAgain()),
  };
}
