import { between, wholeBetween } from '../seeded-random.ts';
import { around, at, box, disc, outline, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A low sun, its fan of light, and the horizon it is mirrored in. */
export function drawRays({ width, height, colours, random }: Canvas): Shape[] {
  const size = Math.min(width, height);
  const middle: Point = [width * between(random, 0.44, 0.56), height * 0.66];
  const count = wholeBetween(random, 11, 15);
  const step = 180 / count;
  const far = Math.hypot(width, height);
  const fan = Array.from({ length: Math.ceil(count / 2) }, (_, index) => {
    const from = 180 + index * 2 * step;
    return outline(
      `M${at(middle)}L${at(around(middle, far, from))}L${at(around(middle, far, from + step))}Z`,
      colours.faint,
    );
  });
  const radius = size * between(random, 0.25, 0.3);
  const stripes = Array.from({ length: 6 }, (_, index) => {
    const half = radius * (1.02 - index * 0.15) * between(random, 0.86, 1.1);
    return box(
      [middle[0] - half, middle[1] + height * (0.035 + index * 0.05)],
      [half * 2, height * 0.018],
      index % 3 === 1 ? colours.accent : colours.motif,
      height * 0.009,
    );
  });
  return [
    ...fan,
    disc(middle, radius * 1.3, colours.soft),
    disc(middle, radius, colours.motif),
    disc(middle, radius * 0.62, colours.accent),
    box([0, middle[1]], [width, height - middle[1] + 2], colours.background),
    ...stripes,
  ];
}
