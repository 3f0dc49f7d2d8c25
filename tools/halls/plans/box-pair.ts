import { circle, type Point } from '../curve.ts';
import type { Tier } from '../plan.ts';

type BoxPlace = { centre: Point; radius: number; edges: readonly [near: number, far: number] };

/** The same box on the left and on the right wall: three seats in front, two behind. */
export function boxPair(
  name: string,
  { centre, radius, edges: [near, far] }: BoxPlace,
  grade: 'R' | 'S',
): Tier[] {
  const box = {
    seats: 5,
    curve: circle(centre, radius),
    rows: 2,
    rowPitch: 85,
    seatPitch: 56,
    aisle: 0,
    grades: [{ grade }],
    numbering: 'per-section',
  } as const satisfies Partial<Tier>;
  return [
    { ...box, sections: [`BOX L${name}`], edges: [-far, -near] },
    { ...box, sections: [`BOX R${name}`], edges: [near, far] },
  ];
}
