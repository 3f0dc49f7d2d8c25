import type { Point } from './samples.ts';

/** The top of a chart and its lines: 0, half and top, all of them numbers people read easily. */
export interface Scale {
  readonly top: number;
  readonly lines: readonly number[];
}

const steps = [1, 2, 4, 6, 10];

/** The least easy number that holds every value; never 0. Whole numbers alone where people are counted. */
export function scaleFor(values: readonly (number | null)[], { isWhole = true } = {}): Scale {
  const most = values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  const least = isWhole ? 2 : 0.2;
  if (most <= least) return { top: least, lines: [0, least / 2, least] };
  const power = 10 ** Math.floor(Math.log10(most));
  const top = (steps.find((step) => step * power >= most * (1 - 1e-9)) ?? 10) * power;
  const half = top / 2;
  return { top, lines: isWhole && !Number.isInteger(half) ? [0, top] : [0, half, top] };
}

/** Size of the box a chart is drawn in; it is stretched to its place. */
export const box = { width: 1000, height: 100 } as const;

/** Where a value stands in the box, with the window's end at the right. */
export function placeOf(
  point: { readonly atMs: number; readonly value: number },
  frame: { readonly endMs: number; readonly windowMs: number; readonly top: number },
): { readonly x: number; readonly y: number } {
  const x = (1 - (frame.endMs - point.atMs) / frame.windowMs) * box.width;
  const y = (1 - Math.min(point.value, frame.top) / frame.top) * box.height;
  return { x: round(x), y: round(y) };
}

/** The `d` of a line through points, broken at holes; what is older than the window is not drawn. */
export function linePath(
  points: readonly Point[],
  frame: { readonly endMs: number; readonly windowMs: number; readonly top: number },
): string {
  let isDown = false;
  const commands: string[] = [];
  for (const { atMs, value } of points) {
    if (value === null || atMs < frame.endMs - frame.windowMs) {
      isDown = false;
      continue;
    }
    const { x, y } = placeOf({ atMs, value }, frame);
    commands.push(`${isDown ? 'L' : 'M'}${x} ${y}`);
    isDown = true;
  }
  return commands.join('');
}

/** Shares of a whole in percent that add up to 100 at most, for bars; an empty whole has none. */
export function sharesOf(parts: readonly number[], whole: number): number[] {
  if (whole <= 0) return parts.map(() => 0);
  return parts.map((part) => round((Math.max(0, part) / whole) * 100));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
