import { type Bounds, overlap } from './geometry.ts';
import type { TilePainter } from './tile-painter.ts';

/** Edge of a tile in device pixels. */
const tileEdge = 512;
/** So many waiting repairs make repainting the whole tile cheaper. */
const mostRepairs = 30;
/** Room a seat's picture takes around its middle. Centimetres. */
const seatReach = 25;

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly bounds: Bounds;
  repairs: Bounds[];
  isWhole: boolean;
  usedAt: number;
}

/** Where a tile stands. */
export interface TilePlace {
  readonly column: number;
  readonly row: number;
}

/** The tiles a part of the hall lies on, the middle first. */
export function tilesFor(part: Bounds, span: number): TilePlace[] {
  const places: TilePlace[] = [];
  for (let row = Math.floor(part.top / span); row * span < part.bottom; row += 1)
    for (let column = Math.floor(part.left / span); column * span < part.right; column += 1)
      places.push({ column, row });
  const [x, y] = [(part.left + part.right) / 2 / span - 0.5, (part.top + part.bottom) / 2 / span - 0.5];
  const distance = (place: TilePlace) => (place.column - x) ** 2 + (place.row - y) ** 2;
  return places.sort((one, other) => distance(one) - distance(other));
}

/** Pictures of a hall at one scale, painted as they are needed and kept. */
export class TileSet {
  readonly #tiles = new Map<string, Tile>();
  readonly #painter: TilePainter;
  readonly #most: number;
  /** Centimetres a tile spans. */
  readonly span: number;
  #clock = 0;

  constructor(painter: TilePainter, most: number) {
    this.#painter = painter;
    this.#most = most;
    this.span = tileEdge / painter.scale;
  }

  /** Device pixels per centimetre. */
  get scale(): number {
    return this.#painter.scale;
  }

  /** Paints what is missing or stale in a part, until the time is up; true when nothing is left to do. */
  prepare(part: Bounds, isTimeUp: () => boolean): boolean {
    this.#clock += 1;
    for (const place of tilesFor(part, this.span)) {
      const tile = this.#tileAt(place);
      tile.usedAt = this.#clock;
      if (tile.isWhole && tile.repairs.length === 0) continue;
      if (isTimeUp()) return false;
      this.#paint(tile);
    }
    this.#forget();
    return true;
  }

  /** Copies the painted tiles of a part to the screen; `left`, `top` are where the hall's origin is on the device. */
  copyTo(pen: CanvasRenderingContext2D, part: Bounds, scale: number, left: number, top: number): void {
    const edge = this.span * scale;
    const isExact = Math.abs(edge - tileEdge) < 0.01;
    pen.imageSmoothingEnabled = !isExact;
    for (const { column, row } of tilesFor(part, this.span)) {
      const tile = this.#tiles.get(`${column},${row}`);
      if (tile === undefined || !tile.isWhole) continue;
      const [x, y] = [Math.round(left + column * edge), Math.round(top + row * edge)];
      if (isExact) pen.drawImage(tile.canvas, x, y);
      // Neighbours meet at rounded edges: no seam shows.
      else
        pen.drawImage(
          tile.canvas,
          x,
          y,
          Math.round(left + (column + 1) * edge) - x,
          Math.round(top + (row + 1) * edge) - y,
        );
    }
  }

  /** Whether every tile of a part has been painted. */
  covers(part: Bounds): boolean {
    return tilesFor(part, this.span).every(({ column, row }) => this.#tiles.get(`${column},${row}`)?.isWhole);
  }

  /** Notes that a seat looks different. */
  spoil(x: number, y: number): void {
    const area = { left: x - seatReach, top: y - seatReach, right: x + seatReach, bottom: y + seatReach };
    for (const { column, row } of tilesFor(area, this.span)) {
      const tile = this.#tiles.get(`${column},${row}`);
      if (tile?.isWhole) tile.repairs.push(area);
    }
  }

  #tileAt({ column, row }: TilePlace): Tile {
    const key = `${column},${row}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) return known;
    const canvas = document.createElement('canvas');
    canvas.width = tileEdge;
    canvas.height = tileEdge;
    const [left, top] = [column * this.span, row * this.span];
    const bounds = { left, top, right: left + this.span, bottom: top + this.span };
    const tile = { canvas, bounds, repairs: [], isWhole: false, usedAt: this.#clock };
    this.#tiles.set(key, tile);
    return tile;
  }

  #paint(tile: Tile): void {
    const pen = tile.canvas.getContext('2d', { alpha: false });
    if (pen === null) return;
    const { bounds, repairs } = tile;
    if (!tile.isWhole || repairs.length > mostRepairs)
      this.#painter.paint(pen, bounds.left, bounds.top, bounds);
    else for (const area of repairs) if (overlap(area, bounds)) this.#repair(pen, bounds, area);
    tile.isWhole = true;
    tile.repairs = [];
  }

  #repair(pen: CanvasRenderingContext2D, { left, top }: Bounds, area: Bounds): void {
    const { scale } = this.#painter;
    const [x, y] = [Math.floor((area.left - left) * scale), Math.floor((area.top - top) * scale)];
    const edge = Math.ceil(seatReach * 2 * scale) + 1;
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.beginPath();
    pen.rect(x, y, edge, edge);
    pen.clip();
    this.#painter.paint(pen, left, top, area);
    pen.restore();
  }

  #forget(): void {
    if (this.#tiles.size <= this.#most) return;
    const oldest = [...this.#tiles].sort(([, one], [, other]) => one.usedAt - other.usedAt);
    for (const [key, tile] of oldest.slice(0, this.#tiles.size - this.#most))
      if (tile.usedAt < this.#clock) this.#tiles.delete(key);
  }
}
