import { mixed } from '../colours.ts';
import { between, wholeBetween } from '../seeded-random.ts';
import { at, disc, outline, type Point, ring, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A sun over bands of water, each nearer one larger. */
export function drawWaves(canvas: Canvas): Shape[] {
  const { width, height, colours, random } = canvas;
  const size = Math.min(width, height);
  const sun: Point = [width * between(random, 0.3, 0.7), height * between(random, 0.3, 0.38)];
  const radius = size * between(random, 0.17, 0.22);
  const bands = wholeBetween(random, 5, 7);
  const water = Array.from({ length: bands }, (_, index) => {
    const near = index / (bands - 1);
    return outline(
      bandPath(canvas, near),
      mixed(mixed(colours.background, colours.motif, 0.35), colours.motif, near),
    );
  });
  return [
    ring(sun, radius * 1.32, { colour: colours.faint, width: size * 0.012 }),
    disc(sun, radius, colours.accent),
    ...water,
  ];
}

function bandPath({ width, height, random }: Canvas, near: number): string {
  const level = height * (0.42 + near * 0.44);
  const length = width * (0.24 + near * 0.3);
  const rise = height * (0.018 + near * 0.036);
  const start = -length * between(random, 0.2, 1.2);
  let path = `M${at([start, level])}`;
  for (let x = start, isUp = true; x < width + length; x += length / 2, isUp = !isUp)
    path += `Q${at([x + length / 4, level + (isUp ? -rise : rise) * 2])} ${at([x + length / 2, level])}`;
  return `${path}V${height + 2}H${start}Z`;
}
