import { type Bounds, grown, overlap, type Point } from './geometry.ts';
import type { SeatGrid } from './seat-grid.ts';

/** From the middle of an outermost seat to the sign beside it. Centimetres. */
const gap = 44;
/** Half a seat, and a little air. Centimetres. */
const seatReach = 28;

/** What a sign may not lie on. */
export interface Ground {
  readonly grid: SeatGrid;
  readonly stage: Bounds;
}

/** Where a sign stands beside a section without lying on any seat; `undefined` where there is no room. Centimetres. */
export function placeBeside(
  { grid, stage }: Ground,
  { bounds, middle }: { readonly bounds: Bounds; readonly middle: Point },
  width: number,
  height: number,
): Bounds | undefined {
  const [before, behind] = [bounds.top - gap - height, bounds.bottom + gap];
  const corners: readonly Point[] = [
    { x: middle.x - width / 2, y: before },
    { x: middle.x - width / 2, y: behind },
    { x: bounds.left, y: before },
    { x: bounds.right - width, y: before },
    { x: bounds.left, y: behind },
    { x: bounds.right - width, y: behind },
    { x: bounds.left - gap - width, y: middle.y - height / 2 },
    { x: bounds.right + gap, y: middle.y - height / 2 },
  ];
  return corners
    .map(({ x, y }) => ({ left: x, top: y, right: x + width, bottom: y + height }))
    .find((place) => !overlap(place, stage) && isClear(grid, place));
}

function isClear(grid: SeatGrid, place: Bounds): boolean {
  let isFree = true;
  grid.eachIn(grown(place, seatReach), () => {
    isFree = false;
  });
  return isFree;
}
