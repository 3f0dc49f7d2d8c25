import { type Bounds, grown, overlap } from './geometry.ts';
import type { Hall, Run } from './hall.ts';
import type { MapColours } from './map-colours.ts';
import type { SeatSale } from './seat-sale.ts';
import { seatState } from './seat-board.ts';
import { type SeatLook, SeatSprites, spriteSize } from './seat-sprites.ts';

/** Ground around a section's outermost seats. Centimetres. */
const groundMargin = 34;

/** Draws parts of a hall at one scale: ground, stage, seats, letters of rows. `scale` is device pixels per centimetre. */
export class TilePainter {
  readonly #sale: SeatSale;
  readonly #hall: Hall;
  readonly #colours: MapColours;
  readonly #sprites: SeatSprites;
  readonly #stageName: string;
  readonly scale: number;
  readonly ratio: number;

  constructor(sale: SeatSale, colours: MapColours, stageName: string, scale: number, ratio: number) {
    this.#sale = sale;
    this.#hall = sale.hall;
    this.#colours = colours;
    this.#stageName = stageName;
    this.#sprites = new SeatSprites(colours, sale.hall.grades, scale, ratio);
    this.scale = scale;
    this.ratio = ratio;
  }

  /** Draws what is in `part` of the hall; the pen's origin is the hall's point `left`, `top`. */
  paint(pen: CanvasRenderingContext2D, left: number, top: number, part: Bounds): void {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = this.#colours.paper;
    pen.fillRect(
      Math.floor((part.left - left) * this.scale),
      Math.floor((part.top - top) * this.scale),
      Math.ceil((part.right - part.left) * this.scale) + 1,
      Math.ceil((part.bottom - part.top) * this.scale) + 1,
    );
    this.#paintGround(pen, left, top, part);
    if (overlap(part, this.#hall.stage)) this.#paintStage(pen, left, top);
    this.#paintSeats(pen, left, top, part);
    if (this.#sprites.detail !== 'dot' && this.#sprites.detail !== 'shape')
      this.#paintRows(pen, left, top, part);
  }

  #paintGround(pen: CanvasRenderingContext2D, left: number, top: number, part: Bounds): void {
    const seen = this.#hall.sections.filter(({ bounds }) => overlap(part, grown(bounds, groundMargin * 1.5)));
    pen.lineJoin = 'round';
    // First all edges, then all ground: neighbours that touch become one.
    for (const [colour, edge] of [
      [this.#colours.rule, 2 * this.ratio],
      [this.#colours.surface, 0],
    ] as const) {
      pen.fillStyle = colour;
      pen.strokeStyle = colour;
      pen.lineWidth = groundMargin * 2 * this.scale + edge;
      for (const { outline } of seen) {
        pen.beginPath();
        for (const { x, y } of outline) pen.lineTo((x - left) * this.scale, (y - top) * this.scale);
        pen.closePath();
        pen.fill();
        pen.stroke();
      }
    }
  }

  #paintStage(pen: CanvasRenderingContext2D, left: number, top: number): void {
    const { stage } = this.#hall;
    const [x, y] = [(stage.left - left) * this.scale, (stage.top - top) * this.scale];
    const [width, height] = [
      (stage.right - stage.left) * this.scale,
      (stage.bottom - stage.top) * this.scale,
    ];
    pen.fillStyle = this.#colours.rule;
    pen.strokeStyle = this.#colours.edge;
    pen.lineWidth = this.ratio;
    pen.beginPath();
    pen.roundRect(x, y, width, height, [height * 0.12, height * 0.12, height * 0.3, height * 0.3]);
    pen.fill();
    pen.stroke();
    const size = Math.min(height * 0.4, width * 0.2, 20 * this.ratio);
    this.#write(pen, this.#stageName, x + width / 2, y + height / 2, size, this.#colours.ink);
  }

  #paintSeats(pen: CanvasRenderingContext2D, left: number, top: number, part: Bounds): void {
    const { grade, flags, labels, x, y } = this.#hall;
    const wanted = this.#sale.choice().grade;
    const half = this.#sprites.pixels / 2;
    const isNumbered = this.#sprites.detail === 'number';
    this.#sale.grid.eachIn(grown(part, spriteSize / 2), (seat) => {
      const look = lookOf(this.#sale.board.state[seat]);
      const key = {
        grade: grade[seat] ?? 0,
        flags: flags[seat] ?? 0,
        look,
        isDim: wanted !== undefined && grade[seat] !== wanted,
      };
      const atX = Math.round(((x[seat] ?? 0) - left) * this.scale - half);
      const atY = Math.round(((y[seat] ?? 0) - top) * this.scale - half);
      pen.drawImage(this.#sprites.of(key), atX, atY);
      if (isNumbered && look !== 'blocked')
        pen.drawImage(this.#sprites.number(labels[seat] ?? '', look === 'free'), atX, atY);
    });
  }

  /** The name of a row stands before its first seat, in line with its first two. */
  #paintRows(pen: CanvasRenderingContext2D, left: number, top: number, part: Bounds): void {
    const reach = grown(part, 120);
    const size = Math.min(14 * this.ratio, 26 * this.scale);
    for (const section of this.#hall.sections) {
      if (!overlap(reach, section.bounds)) continue;
      for (const run of section.runs) {
        const { x, y } = rowNamePlace(this.#hall, run);
        if (x < reach.left || x > reach.right || y < reach.top || y > reach.bottom) continue;
        this.#write(pen, run.row, (x - left) * this.scale, (y - top) * this.scale, size, this.#colours.muted);
      }
    }
  }

  #write(
    pen: CanvasRenderingContext2D,
    text: string,
    x: number,
    y: number,
    size: number,
    colour: string,
  ): void {
    pen.fillStyle = colour;
    pen.font = `600 ${size}px ${this.#colours.font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(text, x, y);
  }
}

function lookOf(state: number | undefined): SeatLook {
  if (state === seatState.free) return 'free';
  return state === seatState.blocked ? 'blocked' : 'taken';
}

function rowNamePlace({ x, y }: Hall, { from, count }: Run): { x: number; y: number } {
  const [firstX, firstY] = [x[from] ?? 0, y[from] ?? 0];
  const next = count > 1 ? from + 1 : from;
  const [stepX, stepY] = [(x[next] ?? 0) - firstX, (y[next] ?? 0) - firstY];
  const length = Math.hypot(stepX, stepY) || 1;
  return { x: firstX - (stepX / length) * 44, y: firstY - (stepY / length) * 44 };
}
