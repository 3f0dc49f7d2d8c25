import { mixed } from '../colours.ts';
import { between, wholeBetween } from '../seeded-random.ts';
import { at, box, disc, outline, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A large moon over a town whose windows are lit. */
export function drawMoon(canvas: Canvas): Shape[] {
  const { width, height, colours, random } = canvas;
  const size = Math.min(width, height);
  const moon: Point = [width * between(random, 0.4, 0.64), height * 0.4];
  const radius = size * between(random, 0.26, 0.3);
  const shade: Point = [
    moon[0] + radius * between(random, 0.34, 0.5),
    moon[1] - radius * between(random, 0.14, 0.26),
  ];
  return [
    disc(moon, radius * 1.34, colours.faint),
    disc(moon, radius, colours.motif),
    ...(random() < 0.5 ? [disc(shade, radius * 0.86, colours.faint)] : craters(canvas, moon, radius)),
    ...rowOfHouses(canvas, 0.8, mixed(colours.background, colours.motif, 0.34)),
    ...rowOfHouses(canvas, 0.89, mixed(colours.background, '#000000', 0.25)),
  ];
}

function craters({ colours, random }: Canvas, [x, y]: Point, radius: number): Shape[] {
  const dark = mixed(colours.motif, colours.background, 0.16);
  return [
    [-0.35, -0.2, 0.2],
    [0.3, 0.34, 0.14],
    [0.28, -0.42, 0.09],
    [-0.2, 0.46, 0.08],
  ].map(([right = 0, down = 0, part = 0]) =>
    disc([x + right * radius, y + down * radius], part * radius * between(random, 0.8, 1.2), dark),
  );
}

function rowOfHouses({ width, height, colours, random }: Canvas, level: number, wall: string): Shape[] {
  const shapes: Shape[] = [];
  for (let x = -between(random, 0, 30); x < width;) {
    const wide = between(random, 0.1, 0.17) * width;
    const top = height * (level - between(random, 0, 0.11));
    const roof = random() < 0.55 ? wide * between(random, 0.22, 0.42) : 0;
    shapes.push(
      outline(
        `M${at([x, height + 2])}V${Math.round(top)}L${at([x + wide / 2, top - roof])}L${at([x + wide, top])}V${height + 2}Z`,
        wall,
      ),
      ...windows({ colours, random }, [x, top], wide),
    );
    x += wide;
  }
  return shapes;
}

function windows(
  { colours, random }: Pick<Canvas, 'colours' | 'random'>,
  [x, top]: Point,
  wide: number,
): Shape[] {
  const side = wide * 0.14;
  return Array.from({ length: wholeBetween(random, 0, 2) }, (_, index) =>
    box([x + wide * (0.2 + index * 0.36), top + wide * 0.22], [side, side * 1.35], colours.accent),
  );
}
