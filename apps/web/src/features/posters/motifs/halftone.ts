import { between } from '../seeded-random.ts';
import { disc, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A grid of dots that swell where the light falls. */
export function drawHalftone({ width, height, colours, random }: Canvas): Shape[] {
  const step = Math.min(width, height) / 15;
  const light: Point = [width * between(random, 0.3, 0.7), height * between(random, 0.34, 0.56)];
  const second: Point = [width * between(random, 0.1, 0.9), height * between(random, 0.7, 0.95)];
  const reach = Math.min(width, height) * 0.62;
  const shapes: Shape[] = [];
  for (let row = 0; row * step < height; row++)
    for (let column = 0; column * step < width + step; column++) {
      const place: Point = [(column + (row % 2) / 2) * step, (row + 0.5) * step];
      const [near, other] = [light, second].map((from) =>
        Math.max(0, 1 - Math.hypot(place[0] - from[0], place[1] - from[1]) / reach),
      );
      const strength = (near ?? 0) ** 1.1 + (other ?? 0) ** 2 * 0.5;
      const isLit = (near ?? 0) > 0.66;
      const radius = step * (0.07 + Math.min(0.46, strength * 0.52));
      shapes.push(
        disc(place, radius, isLit ? colours.accent : strength > 0.3 ? colours.motif : colours.soft),
      );
    }
  return shapes;
}
