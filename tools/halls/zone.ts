import type { Point } from './curve.ts';

/** A part of the plan, in centimetres. */
export type Zone =
  | { kind: 'rectangle'; left: number; right: number; near: number; far: number }
  | { kind: 'disc'; centre: Point; radius: number };

export function rectangle(left: number, right: number, near: number, far: number): Zone {
  return { kind: 'rectangle', left, right, near, far };
}

export function disc(x: number, y: number, radius: number): Zone {
  return { kind: 'disc', centre: { x, y }, radius };
}

export function contains(zone: Zone, { x, y }: Point): boolean {
  switch (zone.kind) {
    case 'rectangle':
      return x >= zone.left && x <= zone.right && y >= zone.near && y <= zone.far;
    case 'disc':
      return Math.hypot(x - zone.centre.x, y - zone.centre.y) <= zone.radius;
  }
}
