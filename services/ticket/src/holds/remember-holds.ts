import type { LiveSale } from '../live/live-sale.ts';
import type { LiveSales } from '../live/live-sales.ts';
import { seatCode } from '../live/seat-mirror.ts';
import type { HoldAnswer, PlaceHold, RefusedPool, RefusedSeat, SeatHold } from './hold-command.ts';

/** Takes what a group found out about seats into memory, so that the next loser is refused from there. */
export function rememberSeats(
  live: LiveSales,
  commands: readonly SeatHold[],
  answers: readonly HoldAnswer[],
): void {
  commands.forEach((command, index) => {
    const answer = answers[index];
    const sale = live.peek(command.eventId);
    if (answer === undefined || sale === undefined) return;
    if (answer.outcome === 'won') seeHeld(sale, command.seatIds, answer.held_until, answer.changed_in);
    else if (answer.outcome === 'seats-taken') for (const seat of answer.detail) seeRefused(sale, seat);
  });
  tellOfWon(live, commands, answers);
}

function tellOfWon(
  live: LiveSales,
  commands: readonly { readonly eventId: string }[],
  answers: readonly HoldAnswer[],
): void {
  const won = commands.filter((_, index) => answers[index]?.outcome === 'won');
  live.tell(...new Set(won.map((command) => command.eventId)));
}

function seeHeld(sale: LiveSale, seatIds: readonly number[], heldUntil: Date, changedIn: number): void {
  const heldUntilMs = heldUntil.getTime();
  for (const seatId of seatIds) sale.seats.see({ seatId, code: seatCode.held, heldUntilMs, changedIn });
}

function seeRefused(sale: LiveSale, { seatId, state, heldUntilMs, changedIn }: RefusedSeat): void {
  if (state === null || changedIn === null) return;
  sale.seats.see({ seatId, code: seatCode[state], heldUntilMs: heldUntilMs ?? 0, changedIn });
}

/** Takes what a group found out about pools into memory. */
export function rememberPlaces(
  live: LiveSales,
  commands: readonly PlaceHold[],
  answers: readonly HoldAnswer[],
): void {
  commands.forEach((command, index) => {
    const answer = answers[index];
    if (answer?.outcome !== 'places-taken') return;
    const sale = live.peek(command.eventId);
    if (sale !== undefined) for (const pool of answer.detail) seePool(sale, pool);
  });
  tellOfWon(live, commands, answers);
}

function seePool(sale: LiveSale, { ticketTypeId, left, nextEndMs }: RefusedPool): void {
  if (left !== null) sale.pools.see({ ticketTypeId, left, nextEndMs: nextEndMs ?? 0 });
}
