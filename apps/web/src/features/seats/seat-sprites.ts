import { seatFlagBits } from '@urr/contracts/ticket-reads.ts';
import { gradeLetter, gradeLook, type SeatShape, shapeCorners } from './palette.ts';
import type { MapColours } from './map-colours.ts';

/** How much is told of a seat: a dot, its shape, its grade's letter, its number. */
export type Detail = 'dot' | 'shape' | 'letter' | 'number';

/** Edge of a seat's picture in centimetres: seats are never nearer than 45. */
export const spriteSize = 46;

/** How much can be told of a seat that is so many CSS pixels wide. */
function detailOf(seatPixels: number): Detail {
  if (seatPixels < 5) return 'dot';
  if (seatPixels < 15) return 'shape';
  return seatPixels < 27 ? 'letter' : 'number';
}

/** What decides how a seat's picture looks. */
export interface SpriteKey {
  readonly grade: number;
  readonly look: SeatLook;
  readonly isDim: boolean;
  readonly flags: number;
}

/** Whether a seat can be chosen, is somebody's, or is never sold. */
export type SeatLook = 'free' | 'taken' | 'blocked';
const looks: readonly SeatLook[] = ['free', 'taken', 'blocked'];

/** Pictures of seats at one scale: drawn once, then copied. `pixels` is the edge of a picture on the device. */
export class SeatSprites {
  readonly #sprites = new Map<number, HTMLCanvasElement>();
  readonly #numbers = new Map<string, HTMLCanvasElement>();
  readonly #colours: MapColours;
  readonly #grades: readonly string[];
  readonly pixels: number;
  readonly detail: Detail;

  constructor(colours: MapColours, grades: readonly string[], scale: number, ratio: number) {
    this.#colours = colours;
    this.#grades = grades;
    this.pixels = Math.max(2, Math.round(spriteSize * scale));
    this.detail = detailOf((spriteSize * scale) / ratio);
  }

  /** Picture of a seat. */
  of(key: SpriteKey): HTMLCanvasElement {
    const index = ((key.grade * 16 + key.flags) * 3 + looks.indexOf(key.look)) * 2 + Number(key.isDim);
    let sprite = this.#sprites.get(index);
    if (sprite === undefined) {
      sprite = this.#draw(key);
      this.#sprites.set(index, sprite);
    }
    return sprite;
  }

  /** Colour of a free seat. */
  colourOf(grade: number): string {
    return gradeLook(grade)[this.#colours.isDark ? 'dark' : 'light'];
  }

  /** Picture of a seat's number. */
  number(label: string, isFree: boolean): HTMLCanvasElement {
    const key = `${label}${String(isFree)}`;
    let sprite = this.#numbers.get(key);
    if (sprite === undefined) {
      sprite = square(this.pixels);
      const pen = sprite.getContext('2d');
      const size = this.pixels * (label.length > 2 ? 0.32 : 0.4);
      if (pen !== null)
        write(
          pen,
          label,
          this.pixels / 2,
          isFree ? this.pixels * 0.6 : this.pixels / 2,
          size,
          this.#colours.font,
          isFree ? this.#colours.paper : this.#colours.muted,
        );
      this.#numbers.set(key, sprite);
    }
    return sprite;
  }

  #draw(key: SpriteKey): HTMLCanvasElement {
    const sprite = square(this.pixels);
    const pen = sprite.getContext('2d');
    if (pen === null) return sprite;
    if (key.look === 'free') this.#drawFree(pen, key);
    else if (key.look === 'taken') this.#drawTaken(pen, key);
    else this.#drawBlocked(pen);
    return sprite;
  }

  #drawFree(pen: CanvasRenderingContext2D, { grade, isDim, flags }: SpriteKey): void {
    const [middle, half] = [this.pixels / 2, this.pixels * 0.43];
    pen.globalAlpha = isDim ? 0.22 : 1;
    pen.fillStyle = this.colourOf(grade);
    tracePath(pen, this.detail === 'dot' ? 'circle' : gradeLook(grade).shape, middle, half);
    pen.fill();
    if (this.detail === 'dot') return;
    if ((flags & seatFlagBits['restricted-view']) !== 0) this.#cutCorner(pen);
    if (this.detail === 'shape') return;
    const letter = this.#letterOf(grade, flags);
    const isNumbered = this.detail === 'number';
    const size = this.pixels * (isNumbered ? 0.24 : 0.46);
    write(
      pen,
      letter,
      middle,
      this.pixels * (isNumbered ? 0.28 : 0.53),
      size,
      this.#colours.font,
      this.#colours.paper,
    );
  }

  #letterOf(grade: number, flags: number): string {
    if ((flags & seatFlagBits.wheelchair) !== 0) return '♿\uFE0E';
    const letter = gradeLetter(this.#grades[grade] ?? '');
    return (flags & seatFlagBits.companion) === 0 ? letter : `${letter}+`;
  }

  /** A seat from which not all of the stage is seen lacks a corner. */
  #cutCorner(pen: CanvasRenderingContext2D): void {
    const edge = this.pixels;
    pen.globalCompositeOperation = 'destination-out';
    pen.beginPath();
    pen.moveTo(edge, edge * 0.52);
    pen.lineTo(edge, edge);
    pen.lineTo(edge * 0.52, edge);
    pen.closePath();
    pen.fill();
    pen.globalCompositeOperation = 'source-over';
  }

  #drawTaken(pen: CanvasRenderingContext2D, { isDim }: SpriteKey): void {
    const [middle, half] = [this.pixels / 2, this.pixels * 0.43];
    pen.globalAlpha = isDim ? 0.3 : 0.6;
    if (this.detail === 'dot') {
      pen.fillStyle = this.#colours.edge;
      tracePath(pen, 'circle', middle, Math.max(0.5, half * 0.4));
      pen.fill();
      return;
    }
    pen.strokeStyle = this.#colours.edge;
    pen.lineWidth = Math.max(1, this.pixels * 0.06);
    tracePath(pen, 'circle', middle, half * (this.detail === 'number' ? 0.9 : 0.5));
    pen.stroke();
  }

  /** A short stroke: nothing that could become free. */
  #drawBlocked(pen: CanvasRenderingContext2D): void {
    const [middle, half] = [this.pixels / 2, this.pixels * (this.detail === 'dot' ? 0.14 : 0.2)];
    pen.globalAlpha = 0.6;
    pen.strokeStyle = this.#colours.edge;
    pen.lineWidth = Math.max(1, this.pixels * 0.08);
    pen.lineCap = 'round';
    pen.beginPath();
    pen.moveTo(middle - half, middle);
    pen.lineTo(middle + half, middle);
    pen.stroke();
  }
}

function square(edge: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = edge;
  canvas.height = edge;
  return canvas;
}

/** Traces the outline of a shape around a middle. */
function tracePath(
  pen: CanvasRenderingContext2D | Path2D,
  shape: SeatShape,
  middle: number,
  half: number,
): void {
  if ('beginPath' in pen) pen.beginPath();
  const corners = shapeCorners(shape);
  if (corners.length === 0) pen.arc(middle, middle, half, 0, Math.PI * 2);
  for (const [index, [x, y]] of corners.entries())
    if (index === 0) pen.moveTo(middle + x * half, middle + y * half);
    else pen.lineTo(middle + x * half, middle + y * half);
  pen.closePath();
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  size: number,
  font: string,
  colour: string,
): void {
  pen.fillStyle = colour;
  pen.font = `700 ${size}px ${font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, x, y);
}
