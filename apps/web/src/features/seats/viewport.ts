import type { Bounds, Point } from './geometry.ts';

/** What part of the hall is looked at: the point in the middle, and CSS pixels per centimetre. */
export interface Camera extends Point {
  readonly scale: number;
}

/** Size of the drawing in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Distance of two seats side by side, as most halls have it. Centimetres. */
export const seatPitch = 50;
/** With what is pointed at the map. */
export type Pointing = 'mouse' | 'touch' | 'key';
/** Seats smaller than this are told apart by nobody. CSS pixels. */
export const leastSeat = { mouse: 9, touch: 17, key: 9 } as const;
/** Largest a seat is drawn, in CSS pixels: more than a finger needs. */
const largestSeat = 60;
/** Room for the sign that names what is in the middle, in CSS pixels. */
const topInset = 52;
/** Room for the buttons: below the hall where they lie side by side, beside it where they stand. CSS pixels. */
const buttonInset = 60;
/** From this width on the buttons stand: `@md` of the map's box. CSS pixels. */
const wideFrom = 448;
/** Part of the drawing that always shows some of the hall. */
const keptInView = 0.35;

/** The camera that shows all of a rectangle below the sign at the top, clear of the buttons. */
export function fitCamera(bounds: Bounds, size: Size): Camera {
  const isWide = size.width >= wideFrom;
  const top = Math.min(topInset, size.height / 5);
  const bottom = isWide ? 0 : Math.min(buttonInset, size.height / 5);
  const scale = Math.min(
    (size.width - (isWide ? 2 * buttonInset : 0)) / Math.max(1, bounds.right - bounds.left),
    (size.height - top - bottom) / Math.max(1, bounds.bottom - bounds.top),
    largestSeat / seatPitch,
  );
  return {
    x: (bounds.left + bounds.right) / 2,
    y: (bounds.top + bounds.bottom) / 2 - (top - bottom) / 2 / scale,
    scale,
  };
}

/** Where on the screen a place of the hall is. */
export function toScreen(camera: Camera, size: Size, { x, y }: Point): Point {
  return {
    x: (x - camera.x) * camera.scale + size.width / 2,
    y: (y - camera.y) * camera.scale + size.height / 2,
  };
}

/** Which place of the hall is at a point of the screen. */
export function toHall(camera: Camera, size: Size, { x, y }: Point): Point {
  return {
    x: (x - size.width / 2) / camera.scale + camera.x,
    y: (y - size.height / 2) / camera.scale + camera.y,
  };
}

/** The part of the hall on the screen. */
export function visibleBounds({ x, y, scale }: Camera, { width, height }: Size): Bounds {
  const [halfWidth, halfHeight] = [width / 2 / scale, height / 2 / scale];
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}

/** The camera after the hall was dragged by some pixels. */
export function pannedBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** The camera nearer or farther by a factor; what is at `at` stays there. */
export function zoomedAt(camera: Camera, size: Size, factor: number, at: Point): Camera {
  const under = toHall(camera, size, at);
  const scale = camera.scale * factor;
  return {
    scale,
    x: under.x - (at.x - size.width / 2) / scale,
    y: under.y - (at.y - size.height / 2) / scale,
  };
}

/** A camera that is neither too near nor too far nor beside the hall. */
export function boundedCamera(camera: Camera, bounds: Bounds, size: Size): Camera {
  const least = fitCamera(bounds, size).scale;
  const scale = Math.min(Math.max(camera.scale, least), Math.max(least, largestSeat / seatPitch));
  const keepX = (size.width * (0.5 - keptInView)) / scale;
  const keepY = (size.height * (0.5 - keptInView)) / scale;
  return {
    scale,
    x: between(camera.x, bounds.left + keepX, bounds.right - keepX),
    y: between(camera.y, bounds.top + keepY, bounds.bottom - keepY),
  };
}

function between(value: number, least: number, most: number): number {
  return least > most ? (least + most) / 2 : Math.min(Math.max(value, least), most);
}

/** The camera part of the way from one to another; zooming feels even when its steps multiply. */
export function cameraBetween(from: Camera, to: Camera, part: number): Camera {
  const scale = from.scale * (to.scale / from.scale) ** part;
  // The middle moves in proportion to how much of the way the scale has gone, so that paths stay straight on screen.
  const way =
    Math.abs(to.scale - from.scale) < 1e-9
      ? part
      : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { scale, x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way };
}
