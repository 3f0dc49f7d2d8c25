/** Lengths are centimetres. The stage front's middle is (0, 0), x grows to the viewer's right, y away from the stage. */
export type Point = { x: number; y: number };

/** Angles are radians about the centre: 0 looks straight away from the stage, positive turns to the viewer's right. */
type Arc = { centre: Point; radius: number; from: number; to: number };

/** Arcs in order of angle, each tangent to the next. */
export type Curve = readonly Arc[];

type Turn = { atDegrees: number; radius: number };

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

export function circle(centre: Point, radius: number): Curve {
  return [{ centre, radius, from: -Math.PI, to: Math.PI }];
}

/** A bowl, mirrored left and right: a far end, then corners and sides that begin at the given turns. */
export function bowl(farEnd: { centre: Point; radius: number }, turns: readonly Turn[]): Curve {
  const right: Arc[] = [];
  let arc: Arc = { ...farEnd, from: 0, to: Math.PI };
  for (const turn of turns) {
    const angle = radians(turn.atDegrees);
    right.push({ ...arc, to: angle });
    // The next centre lies on the shared normal: this makes the arcs tangent, and every offset of them too.
    const centre = along(arc.centre, angle, arc.radius - turn.radius);
    arc = { centre, radius: turn.radius, from: angle, to: Math.PI };
  }
  right.push(arc);
  return [...right.toReversed().map(mirrored), ...right];
}

export function pointAt(curve: Curve, angle: number, offset: number): Point {
  const arc = curve.find((candidate) => angle <= candidate.to);
  if (arc === undefined) throw new RangeError(`No arc at ${angle} radians`);
  return along(arc.centre, angle, arc.radius + offset);
}

/** Length of the curve's offset from its beginning to the angle. */
export function lengthAt(curve: Curve, angle: number, offset: number): number {
  return curve.reduce((length, arc) => {
    const turned = Math.min(Math.max(angle, arc.from), arc.to) - arc.from;
    return length + turned * (arc.radius + offset);
  }, 0);
}

/** The inverse of lengthAt. */
export function angleAt(curve: Curve, length: number, offset: number): number {
  let rest = length;
  for (const arc of curve) {
    const whole = (arc.to - arc.from) * (arc.radius + offset);
    if (rest <= whole) return arc.from + rest / (arc.radius + offset);
    rest -= whole;
  }
  throw new RangeError(`The curve is shorter than ${length} cm`);
}

/** Section edges in degrees, equally far apart along the curve. */
export function evenEdges(curve: Curve, [from, to]: readonly [number, number], sections: number): number[] {
  const begin = lengthAt(curve, radians(from), 0);
  const step = (lengthAt(curve, radians(to), 0) - begin) / sections;
  return Array.from(
    { length: sections + 1 },
    (_, edge) => (angleAt(curve, begin + edge * step, 0) * 180) / Math.PI,
  );
}

function along(centre: Point, angle: number, distance: number): Point {
  return { x: centre.x + distance * Math.sin(angle), y: centre.y + distance * Math.cos(angle) };
}

function mirrored(arc: Arc): Arc {
  return { ...arc, centre: { x: -arc.centre.x, y: arc.centre.y }, from: -arc.to, to: -arc.from };
}
