import { decodeCoordinates, seatFlagBits, type SeatLayout } from '@urr/contracts/ticket-reads.ts';
import { type HallPreview, type PreviewSeat, previewOf } from './hall-preview.ts';

/** Draws a layout as its file was drawn: seat n came from line n + 2, below the heading. */
export function previewOfLayout(layout: SeatLayout): HallPreview {
  const [x, y] = [decodeCoordinates(layout.x), decodeCoordinates(layout.y)];
  const seats: PreviewSeat[] = [];
  for (const [section, , count] of layout.runs)
    for (let left = count; left > 0; left -= 1) {
      const id = seats.length;
      seats.push({
        line: id + 2,
        section: layout.sections[section] ?? '',
        grade: layout.grades[layout.grade[id] ?? 0] ?? '',
        x: x[id] ?? 0,
        y: y[id] ?? 0,
        isBlocked: ((layout.flags[id] ?? 0) & seatFlagBits.blocked) !== 0,
      });
    }
  return previewOf(seats, 0);
}
