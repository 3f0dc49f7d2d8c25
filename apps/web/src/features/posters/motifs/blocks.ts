import { oneOf, type Random } from '../seeded-random.ts';
import { at, box, disc, outline, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** A board of quarter circles, halves and squares. */
export function drawBlocks(canvas: Canvas): Shape[] {
  const { width, height, colours, random } = canvas;
  const across = 4;
  const side = width > height ? height / 3 : width / across;
  const shapes: Shape[] = [];
  for (let y = 0; y < height - 1; y += side)
    for (let x = 0; x < width - 1; x += side) {
      const [ground, figure] = pairOf(random, colours);
      shapes.push(box([x, y], [side + 0.5, side + 0.5], ground), ...drawBlock(random, [x, y], side, figure));
    }
  return shapes;
}

function pairOf(
  random: Random,
  { background, motif, accent, faint, soft }: Canvas['colours'],
): readonly [string, string] {
  return oneOf(random, [
    [background, motif],
    [background, accent],
    [faint, motif],
    [motif, background],
    [faint, accent],
    [soft, background],
    [background, faint],
  ]);
}

function drawBlock(random: Random, [x, y]: Point, side: number, fill: string): Shape[] {
  const corner = oneOf<Point>(random, [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
  const foot: Point = [x + corner[0] * side, y + corner[1] * side];
  const kind = random();
  if (kind < 0.6) return [outline(quarter(foot, corner, side), fill)];
  if (kind < 0.75) return [disc([x + side / 2, y + side / 2], side * 0.3, fill)];
  if (kind < 0.9) return [outline(triangle(foot, corner, side), fill)];
  return [0, 1, 2].map((index) => box([x, y + (side * (index * 2 + 0.5)) / 6], [side, side / 6], fill));
}

function quarter(foot: Point, corner: Point, side: number): string {
  const [alongX, alongY] = ends(foot, corner, side);
  const sweep = corner[0] === corner[1] ? 1 : 0;
  return `M${at(foot)}L${at(alongX)}A${side} ${side} 0 0 ${sweep} ${at(alongY)}Z`;
}

function triangle(foot: Point, corner: Point, side: number): string {
  const [alongX, alongY] = ends(foot, corner, side);
  return `M${at(foot)}L${at(alongX)}L${at(alongY)}Z`;
}

function ends([x, y]: Point, corner: Point, side: number): readonly [Point, Point] {
  return [
    [x + (corner[0] === 0 ? side : -side), y],
    [x, y + (corner[1] === 0 ? side : -side)],
  ];
}
