import { mixed } from '../colours.ts';
import { between, wholeBetween } from '../seeded-random.ts';
import { at, line, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** Parallel lines that swing across together, like sound or a low tide. */
export function drawRibbons({ width, height, colours, random }: Canvas): Shape[] {
  const count = wholeBetween(random, 11, 14);
  const swing = height * between(random, 0.22, 0.3) * (random() < 0.5 ? 1 : -1);
  const lean = height * between(random, -0.14, 0.14);
  const bright = wholeBetween(random, 3, count - 4);
  const gap = (height * 0.86) / count;
  return Array.from({ length: count }, (_, index) => {
    const level = height * 0.1 + gap * (index + 0.5);
    // Lines gather towards the middle of the swing.
    const pull = 1 - Math.abs(index - bright) / count;
    const from: Point = [-20, level - lean];
    const to: Point = [width + 20, level + lean];
    const path = `M${at(from)}C${at([width * 0.34, level - swing * pull])} ${at([width * 0.66, level + swing * pull])} ${at(to)}`;
    const colour =
      index === bright ? colours.accent : mixed(colours.background, colours.motif, 0.25 + pull * 0.75);
    return line(path, { colour, width: gap * (index === bright ? 0.62 : 0.2 + pull * 0.22) });
  });
}
