import type { Bounds } from './geometry.ts';
import type { MapColours } from './map-colours.ts';

/** Sizes of a sign in CSS pixels. */
interface SignLook {
  readonly name: number;
  readonly count: number;
  readonly padding: number;
}

const fullLook: SignLook = { name: 13, count: 11, padding: 6 };
const shortLook: SignLook = { name: 13, count: 0, padding: 5 };
const smallLook: SignLook = { name: 10, count: 0, padding: 2 };

/** A sign over a section: its name, and below it how many seats are left. */
export class SectionLabels {
  readonly #signs = new Map<string, HTMLCanvasElement>();
  readonly #colours: MapColours;
  readonly #ratio: number;

  constructor(colours: MapColours, ratio: number) {
    this.#colours = colours;
    this.#ratio = ratio;
  }

  /** All signs of a section, the one that says most first. */
  sizes(name: string, count: string): HTMLCanvasElement[] {
    return [
      this.#sign(name, count, fullLook),
      this.#sign(name, '', shortLook),
      this.#sign(name, '', smallLook),
    ];
  }

  /** The sign that fits into so many device pixels; `undefined` when none does. */
  fitting(name: string, count: string, width: number, height: number): HTMLCanvasElement | undefined {
    const full = this.#sign(name, count, fullLook);
    if (full.width <= width && full.height <= height * 1.2) return full;
    const short = this.#sign(name, '', shortLook);
    if (short.width <= width && short.height <= height) return short;
    const small = this.#sign(name, '', smallLook);
    return small.width <= width * 1.25 && small.height <= height * 1.3 ? small : undefined;
  }

  #sign(name: string, count: string, look: SignLook): HTMLCanvasElement {
    const key = `${look.name} ${look.padding} ${name}\n${count}`;
    let sign = this.#signs.get(key);
    if (sign === undefined) {
      if (this.#signs.size > 600) this.#signs.clear();
      sign = this.#draw(name, count, look);
      this.#signs.set(key, sign);
    }
    return sign;
  }

  #draw(name: string, count: string, look: SignLook): HTMLCanvasElement {
    const sign = document.createElement('canvas');
    const pen = sign.getContext('2d');
    if (pen === null) return sign;
    const lines = [
      { text: name, font: `700 ${look.name}px ${this.#colours.font}`, colour: this.#colours.ink },
      { text: count, font: `500 ${look.count}px ${this.#colours.font}`, colour: this.#colours.muted },
    ].filter((line) => line.text !== '');
    const widths = lines.map(({ text, font }) => {
      pen.font = font;
      return pen.measureText(text).width;
    });
    const width = Math.max(...widths) + look.padding * 2;
    const height = look.name + (count === '' ? 0 : look.count + 3) + look.padding * 1.4;
    sign.width = Math.ceil(width * this.#ratio);
    sign.height = Math.ceil(height * this.#ratio);
    pen.scale(this.#ratio, this.#ratio);
    this.#drawBoard(pen, width, height);
    for (const [index, { text, font, colour }] of lines.entries()) {
      pen.font = font;
      pen.fillStyle = colour;
      pen.fillText(text, width / 2, look.padding * 0.7 + 1 + index * (look.name + 3));
    }
    return sign;
  }

  #drawBoard(pen: CanvasRenderingContext2D, width: number, height: number): void {
    pen.globalAlpha = 0.92;
    pen.fillStyle = this.#colours.surface;
    pen.beginPath();
    pen.roundRect(0, 0, width, height, 5);
    pen.fill();
    pen.globalAlpha = 1;
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
  }
}

/** Keeps signs apart: the first to claim a place has it. */
export class ClaimedPlaces {
  readonly #claimed: Bounds[] = [];

  claim(place: Bounds): boolean {
    const isFree = this.#claimed.every(
      (other) =>
        place.left >= other.right ||
        other.left >= place.right ||
        place.top >= other.bottom ||
        other.top >= place.bottom,
    );
    if (isFree) this.#claimed.push(place);
    return isFree;
  }
}
