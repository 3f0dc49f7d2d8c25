import type { Seat } from './plan.ts';

/** One line a seat, in the format data/README.md gives to organisers. */
export function toCsv(seats: readonly Seat[]): string {
  const lines = seats.map(({ section, row, seat, grade, x, y, flags }) =>
    [section, row, seat, grade, x, y, flags.join('|')].join(','),
  );
  return ['section,row,seat,grade,x,y,flags', ...lines, ''].join('\n');
}
