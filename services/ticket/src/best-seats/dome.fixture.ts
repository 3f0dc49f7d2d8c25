import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';

/** The seats of the largest hall that is shipped. */
export function domeSeats(): LayoutSeat[] {
  const file = path.join(import.meta.dirname, '../../../../data/halls/dome.csv');
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [section = '', row = '', seat = '', grade = '', x = '', y = '', flags = ''] = line.split(',');
    return {
      section,
      row,
      seat,
      grade,
      x: Number(x),
      y: Number(y),
      flags: flags.split('|').filter((flag) => flag !== '') as LayoutSeat['flags'],
    };
  });
}
