import { mixed } from '../colours.ts';
import { between, wholeBetween } from '../seeded-random.ts';
import { around, at, disc, line, outline, type Point, type Shape } from '../shapes.ts';
import type { Canvas } from './motif.ts';

/** Stems with leaves and fruit, as if cut from paper. */
export function drawBotanical(canvas: Canvas): Shape[] {
  const { width, colours, random } = canvas;
  const stems = wholeBetween(random, 3, 4);
  const greens = [
    colours.accent,
    mixed(colours.accent, colours.background, 0.38),
    mixed(colours.accent, '#000000', 0.25),
  ];
  return Array.from({ length: stems }, (_, index) => {
    const foot = (width * (index + 0.5 + between(random, -0.12, 0.12))) / stems;
    return drawStem(canvas, foot, {
      tall: index % 2 === 0,
      green: greens[index % greens.length] ?? colours.accent,
    });
  }).flat();
}

function drawStem(
  { width, height, colours, random }: Canvas,
  foot: number,
  { tall, green }: { readonly tall: boolean; readonly green: string },
): Shape[] {
  const size = Math.min(width, height);
  const top: Point = [
    foot + size * between(random, -0.09, 0.09),
    height * (tall ? between(random, 0.18, 0.24) : between(random, 0.36, 0.44)),
  ];
  const bend: Point = [foot + size * between(random, -0.12, 0.12), height * 0.66];
  const pairs = tall ? 5 : 4;
  const leaves = Array.from({ length: pairs }, (_, index) => {
    const share = 0.2 + (index / pairs) * 0.66;
    const joint = onCurve([foot, height + 4], bend, top, share);
    const length = size * between(random, 0.15, 0.19) * (1.15 - share * 0.5);
    return [-1, 1].map((side) => leaf(joint, length, -90 + side * between(random, 42, 60), green));
  }).flat();
  const fruit = size * (tall ? 0.075 : 0.055);
  return [
    line(`M${at([foot, height + 4])}Q${at(bend)} ${at(top)}`, { colour: green, width: size * 0.013 }),
    ...leaves,
    disc(top, fruit, colours.motif),
    disc(around(top, fruit * 0.42, -130), fruit * 0.24, mixed(colours.motif, '#ffffff', 0.55)),
  ];
}

function leaf(joint: Point, length: number, degrees: number, fill: string): Shape {
  const tip = around(joint, length, degrees);
  const [left, right] = [-1, 1].map((side) => around(joint, length * 0.6, degrees + side * 32));
  return outline(`M${at(joint)}Q${at(left ?? joint)} ${at(tip)}Q${at(right ?? joint)} ${at(joint)}Z`, fill);
}

function onCurve(from: Point, bend: Point, to: Point, share: number): Point {
  const rest = 1 - share;
  const along = (axis: 0 | 1) =>
    rest * rest * from[axis] + 2 * rest * share * bend[axis] + share * share * to[axis];
  return [along(0), along(1)];
}
