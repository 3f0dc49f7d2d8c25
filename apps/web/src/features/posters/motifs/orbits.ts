import { between, wholeBetween } from '../seeded-random.ts';
import { around, disc, loop, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A star, the tilted paths around it, and what travels on them. */
export function drawOrbits(canvas: Canvas): Shape[] {
  const { width, height, colours, random } = canvas;
  const size = Math.min(width, height);
  const middle: Point = [width / 2, height * 0.48];
  const turn = between(random, -38, -14) * (random() < 0.5 ? 1 : -1);
  const flat = between(random, 0.36, 0.5);
  const count = wholeBetween(random, 4, 5);
  const first = between(random, 0, 360);
  const paths = Array.from({ length: count }, (_, index) => size * (0.24 + index * 0.14));
  const lines = paths.map((radius, index) =>
    loop(middle, [radius, radius * flat], turn, {
      colour: index % 2 === 0 ? colours.motif : colours.soft,
      width: size * (index === 1 ? 0.012 : 0.006),
    }),
  );
  const bodies = paths.flatMap((radius, index) => {
    const place = onPath(middle, [radius, radius * flat], turn, first + index * 137.5);
    const body = size * between(random, 0.016, 0.042);
    return [
      disc(place, body * 1.6, colours.background),
      disc(place, body, index % 3 === 1 ? colours.accent : colours.motif),
    ];
  });
  return [
    ...farStars(canvas),
    disc(middle, size * 0.19, colours.faint),
    ...lines,
    disc(middle, size * 0.115, colours.accent),
    ...bodies,
  ];
}

function farStars({ width, height, colours, random }: Canvas): Shape[] {
  return Array.from({ length: 34 }, () =>
    disc(
      [width * random(), height * random()],
      between(random, 0.8, 2.6),
      random() < 0.25 ? colours.motif : colours.soft,
    ),
  );
}

function onPath(middle: Point, [wide, high]: Point, turn: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const [x, y] = [wide * Math.cos(angle), high * Math.sin(angle)];
  return around(middle, Math.hypot(x, y), turn + (Math.atan2(y, x) * 180) / Math.PI);
}
