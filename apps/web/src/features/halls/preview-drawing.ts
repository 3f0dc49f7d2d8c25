import { type SeatShape, shapeCorners } from '../seats/palette.ts';
import type { PreviewSeat } from './hall-preview.ts';

/** How wide a place is drawn. Centimetres. */
export const seatSize = 38;
const margin = 120;

/** Where the drawing lies and its stage in it. Centimetres. */
export interface HallFrame {
  readonly viewBox: string;
  readonly stage: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The frame around all places and a stage whose front edge is in the middle of the top. */
export function frameOf(seats: readonly Pick<PreviewSeat, 'x' | 'y'>[]): HallFrame {
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (const { x, y } of seats) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  // As large as a label on it needs, however wide the hall is.
  const width = Math.max(400, (right - left) * 0.3);
  const stage = { x: -width / 2, y: -width * 0.14, width, height: width * 0.12 };
  left = Math.min(left, stage.x) - margin;
  right = Math.max(right, -stage.x) + margin;
  top = Math.min(top, stage.y) - margin;
  return { viewBox: [left, top, right - left, bottom + margin - top].join(' '), stage };
}

/** One path with the shape of a grade for each place: fifteen thousand elements would take seconds, one path takes none. */
export function shapesPath(seats: readonly Pick<PreviewSeat, 'x' | 'y'>[], shape: SeatShape): string {
  const radius = seatSize / 2;
  const corners = shapeCorners(shape).map(
    ([x, y]) => [Math.round(x * radius), Math.round(y * radius)] as const,
  );
  const [first] = corners;
  if (first === undefined) {
    const round = `a${radius} ${radius} 0 1 0 ${seatSize} 0a${radius} ${radius} 0 1 0 ${-seatSize} 0`;
    return seats.map(({ x, y }) => `M${x - radius} ${y}${round}`).join('');
  }
  const [startX, startY] = first;
  const sides = corners.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = corners[index] ?? first;
    return `l${x - fromX} ${y - fromY}`;
  });
  const rest = `${sides.join('')}z`;
  return seats.map(({ x, y }) => `M${x + startX} ${y + startY}${rest}`).join('');
}

/** One path of a dot for each place. */
export function dotsPath(seats: readonly Pick<PreviewSeat, 'x' | 'y'>[]): string {
  return seats.map(({ x, y }) => `M${x} ${y}h0`).join('');
}
