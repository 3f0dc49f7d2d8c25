import { mixed } from '../colours.ts';
import { between, wholeBetween } from '../seeded-random.ts';
import { at, disc, outline, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** Doorways within doorways, with a light at the end. */
export function drawArches({ width, height, colours, random }: Canvas): Shape[] {
  const size = Math.min(width, height);
  const count = wholeBetween(random, 4, 6);
  const middle = width * between(random, 0.42, 0.58);
  const arches = Array.from({ length: count }, (_, index) => {
    const share = 1 - index / count;
    const colour = mixed(colours.background, colours.motif, 0.16 + (index / (count - 1)) * 0.84);
    return outline(
      archPath([middle, height + 2], size * 0.47 * share, height * (0.12 + index * 0.085)),
      colour,
    );
  });
  const radius = size * 0.065;
  return [
    ...arches,
    disc([middle, height * 0.16 + count * height * 0.085 + radius * 1.2], radius, colours.accent),
  ];
}

function archPath([x, foot]: Point, half: number, top: number): string {
  const spring = top + half;
  return `M${at([x - half, foot])}V${Math.round(spring)}A${at([half, half])} 0 0 1 ${at([x + half, spring])}V${Math.round(foot)}Z`;
}
