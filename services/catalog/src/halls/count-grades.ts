import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { GradeCount } from '../tables.ts';
import { seatGrades } from './seat-line.ts';

/** Counts places by grade, dearest first; blocked ones are never sold. */
export function countGrades(seats: readonly LayoutSeat[]): GradeCount[] {
  return seatGrades
    .map((grade) => {
      const ofGrade = seats.filter((seat) => seat.grade === grade);
      const sellable = ofGrade.filter((seat) => !seat.flags.includes('blocked')).length;
      return { grade, seats: ofGrade.length, sellable };
    })
    .filter((count) => count.seats > 0);
}
