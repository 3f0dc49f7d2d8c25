/** A place in the hall, in centimetres; or on the screen, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest rectangle around points given as two columns; empty columns give a point at 0. */
export function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>): Bounds {
  if (x.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < x.length; index += 1) {
    left = Math.min(left, x[index] ?? 0);
    right = Math.max(right, x[index] ?? 0);
    top = Math.min(top, y[index] ?? 0);
    bottom = Math.max(bottom, y[index] ?? 0);
  }
  return { left, top, right, bottom };
}

/** A rectangle with room on every side. */
export function grown({ left, top, right, bottom }: Bounds, by: number): Bounds {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/** Whether two rectangles share anything. */
export function overlap(one: Bounds, other: Bounds): boolean {
  return (
    one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom
  );
}

/** Corners of the smallest convex shape around points, in order (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(from: Point | undefined, by: Point | undefined, to: Point): number {
  if (from === undefined || by === undefined) return 1;
  return (by.x - from.x) * (to.y - from.y) - (by.y - from.y) * (to.x - from.x);
}

/** Whether a point is inside a convex shape whose corners are in order. */
export function isInside(corners: readonly Point[], point: Point): boolean {
  let sides = 0;
  for (const [index, corner] of corners.entries()) {
    const next = corners[(index + 1) % corners.length];
    const side = Math.sign(turn(corner, next, point));
    if (side !== 0 && sides !== 0 && side !== sides) return false;
    if (side !== 0) sides = side;
  }
  return corners.length > 2;
}
