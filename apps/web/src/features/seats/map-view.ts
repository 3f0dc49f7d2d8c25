import { CameraMotion } from './camera-motion.ts';
import { type Bounds, grown, isInside, type Point } from './geometry.ts';
import { type MapColours, onThemeChange, readMapColours } from './map-colours.ts';
import { MapOverlay } from './map-overlay.ts';
import type { SeatSale } from './seat-sale.ts';
import { TilePainter } from './tile-painter.ts';
import { TileSet } from './tile-set.ts';
import {
  type Camera,
  fitCamera,
  leastSeat,
  pannedBy,
  type Pointing,
  seatPitch,
  toHall,
  visibleBounds,
  zoomedAt,
} from './viewport.ts';

/** Words on the drawing, in the reader's language. */
export interface MapWords {
  readonly stage: string;
  readonly left: (count: number) => string;
}

/** What is under a point: a seat that can be told apart, or a section to look at more closely. */
export type Target =
  | { readonly kind: 'seat'; readonly seatId: number }
  | { readonly kind: 'section'; readonly section: number };

/** What the middle of the map shows: its section, whether the reader can choose seats and is near them, the seat Enter would choose. */
export interface ViewNote {
  readonly section: number | undefined;
  readonly canPick: boolean;
  readonly isNear: boolean;
  readonly aimedSeat: number | undefined;
}

/** A frame's time for painting tiles; the rest is for copying and for the page. Milliseconds. */
const paintMsMoving = 4;
const paintMsStill = 9;
/** After the last movement; then tiles are painted anew, sharp. Milliseconds. */
const stillAfterMs = 130;
const mostTiles = 48;
/** How far beside a seat may be pressed, in CSS pixels. */
const pressReach = { mouse: 6, touch: 20, key: 40 } as const;

/** Draws a hall on a canvas: copies cached tiles in every frame and paints missing ones in the time that is left. */
export class MapView {
  readonly #canvas: HTMLCanvasElement;
  readonly #sale: SeatSale;
  readonly #words: MapWords;
  readonly #stops: (() => void)[];
  readonly motion: CameraMotion;
  #colours: MapColours;
  #overlay: MapOverlay;
  #ratio = 1;
  /** All of the hall at the size that fits: what shows until finer tiles are there. */
  #base: TileSet | undefined;
  #fine: TileSet | undefined;
  #coming: TileSet | undefined;
  #movedAt = -Infinity;
  #frame = 0;
  #isAimed = false;
  #onView: (view: ViewNote) => void = () => undefined;
  #onReady: () => void = () => undefined;

  constructor(canvas: HTMLCanvasElement, sale: SeatSale, words: MapWords) {
    this.#canvas = canvas;
    this.#sale = sale;
    this.#words = words;
    this.motion = new CameraMotion(sale.hall.bounds);
    this.#colours = readMapColours(canvas.parentElement ?? document.body);
    this.#overlay = new MapOverlay(sale, this.#colours, 1, words.left);
    let grade = sale.choice().grade;
    this.#stops = [
      onThemeChange(() => this.#recolour()),
      sale.onRepaint((seatIds) => this.#spoil(seatIds)),
      sale.subscribe(() => {
        if (grade !== sale.choice().grade) this.#repaint();
        grade = sale.choice().grade;
        this.wake();
      }),
    ];
  }

  /** Tells which section is in the middle and whether its seats can be told apart, when that changes; and the first drawing. */
  listen(onView: (view: ViewNote) => void, onReady: () => void): void {
    this.#onView = onView;
    this.#onReady = onReady;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
  }

  resize(width: number, height: number, ratio: number): void {
    if (width < 1 || height < 1) return;
    this.#ratio = ratio;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.motion.resize({ width, height });
    this.#overlay = new MapOverlay(this.#sale, this.#colours, ratio, this.#words.left);
    this.#repaint();
    // A canvas that was resized is empty: it is drawn before it is shown.
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#draw(performance.now());
  }

  panBy(dx: number, dy: number): void {
    this.motion.jump(pannedBy(this.motion.camera, dx, dy));
    this.#moved();
  }

  zoomBy(factor: number, at?: Point): void {
    const { size, camera } = this.motion;
    this.motion.jump(zoomedAt(camera, size, factor, at ?? { x: size.width / 2, y: size.height / 2 }));
    this.#moved();
  }

  flick(vx: number, vy: number): void {
    if (!prefersStillness()) this.motion.flick(vx, vy, performance.now());
    this.#moved();
  }

  glideTo(camera: Camera): void {
    if (prefersStillness()) this.motion.jump(camera);
    else this.motion.glide(camera, performance.now());
    this.#moved();
  }

  showAll(): void {
    this.glideTo(fitCamera(this.#sale.hall.bounds, this.motion.size));
  }

  /** Looks at a seat from so near that it can be read. */
  showSeat(seatId: number): void {
    const { x, y } = this.#sale.hall;
    const scale = Math.max(this.motion.target.scale, 30 / seatPitch);
    this.glideTo({ x: x[seatId] ?? 0, y: y[seatId] ?? 0, scale });
  }

  /** Looks at a section; a second time, at the point itself from so near that seats can be touched. */
  approach(section: number, at: Point): void {
    const bounds = this.#sale.hall.sections[section]?.bounds;
    if (bounds === undefined) return;
    const whole = fitCamera(grown(bounds, 120), this.motion.size);
    const isNearer = whole.scale > this.motion.camera.scale * 1.3;
    this.glideTo(
      isNearer ? whole : { ...toHall(this.motion.camera, this.motion.size, at), scale: 30 / seatPitch },
    );
  }

  /** Shows or hides the cross in the middle. */
  aim(isAimed: boolean): void {
    this.#isAimed = isAimed;
    this.wake();
  }

  targetAt(at: Point, by: Pointing): Target | undefined {
    const { camera, size } = this.motion;
    const place = toHall(camera, size, at);
    const section = this.#sectionAt(place);
    if (camera.scale * seatPitch < leastSeat[by])
      return section === undefined ? undefined : { kind: 'section', section };
    const reach = Math.min(60, Math.max(26, pressReach[by] / camera.scale));
    const seatId = this.#sale.grid.nearest(place.x, place.y, reach);
    return seatId === undefined ? undefined : { kind: 'seat', seatId };
  }

  wake(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #moved(): void {
    this.#movedAt = performance.now();
    this.wake();
  }

  #aimedSeat(): number | undefined {
    const { width, height } = this.motion.size;
    const target = this.#isAimed ? this.targetAt({ x: width / 2, y: height / 2 }, 'key') : undefined;
    return target?.kind === 'seat' ? target.seatId : undefined;
  }

  #sectionAt(place: Point): number | undefined {
    const index = this.#sale.hall.sections.findIndex(({ outline }) => isInside(outline, place));
    if (index >= 0) return index;
    const near = this.#sale.grid.nearest(place.x, place.y, 150);
    return near === undefined ? undefined : this.#sale.hall.runs[this.#sale.hall.run[near] ?? 0]?.section;
  }

  #draw(now: number): void {
    this.#frame = 0;
    const pen = this.#canvas.getContext('2d', { alpha: false });
    const { size } = this.motion;
    if (pen === null || this.#base === undefined) return;
    this.motion.advance(now);
    if (this.motion.isMoving) this.#movedAt = now;
    const isMoving = now - this.#movedAt < stillAfterMs;
    const { camera } = this.motion;
    const seen = visibleBounds(camera, size);
    const isDone = this.#prepare(seen, camera, isMoving);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    this.#copy(pen, seen, camera);
    const aimedSeat = this.#aimedSeat();
    this.#overlay.draw(pen, camera, size, { isAimed: this.#isAimed, aimedSeat });
    if (isMoving || !isDone) this.wake();
    if (this.#base.covers(seen)) this.#onReady();
    this.#onView({
      section: this.#sectionAt(camera),
      canPick: camera.scale * seatPitch >= leastSeat[usualPointing()],
      isNear: camera.scale * seatPitch >= leastSeat.touch,
      aimedSeat,
    });
  }

  /** Paints tiles while there is time; true when the picture is as good as it gets. */
  #prepare(seen: Bounds, camera: Camera, isMoving: boolean): boolean {
    const until = performance.now() + (isMoving ? paintMsMoving : paintMsStill);
    const isTimeUp = () => performance.now() > until;
    const wanted = camera.scale * this.#ratio;
    const isBase = isSame(wanted, this.#base?.scale);
    if (isBase) this.#fine = this.#coming = undefined;
    else if (!isMoving && !isSame(wanted, this.#fine?.scale) && !isSame(wanted, this.#coming?.scale))
      this.#coming = this.#newSet(wanted);
    const current = this.#coming ?? this.#fine;
    const isBasePainted =
      this.#base?.prepare(
        isBase ? seen : this.#sale.hall.bounds,
        isBase ? isTimeUp : () => performance.now() > until + 4,
      ) ?? true;
    // A picture of another scale is not worth painting: it will not stay.
    const isUseful = current !== undefined && isSame(wanted, current.scale);
    const isPainted = !isUseful || current.prepare(seen, isTimeUp);
    if (isPainted && this.#coming !== undefined && isUseful) {
      this.#fine = this.#coming;
      this.#coming = undefined;
    }
    const isAhead =
      isMoving || !isUseful || !isPainted || current.prepare(grown(seen, current.span * 0.6), isTimeUp);
    return isBasePainted && isPainted && isAhead;
  }

  #copy(pen: CanvasRenderingContext2D, seen: Bounds, camera: Camera): void {
    const { size } = this.motion;
    const scale = camera.scale * this.#ratio;
    const left = Math.round((size.width / 2) * this.#ratio - camera.x * scale);
    const top = Math.round((size.height / 2) * this.#ratio - camera.y * scale);
    const sets = [this.#base, this.#fine, this.#coming].filter((set) => set !== undefined);
    const first = sets.findLastIndex((set) => set.covers(seen));
    if (first < 0) {
      pen.fillStyle = this.#colours.paper;
      pen.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    }
    for (const set of sets.slice(Math.max(0, first))) set.copyTo(pen, seen, scale, left, top);
  }

  #spoil(seatIds: readonly number[]): void {
    const { x, y } = this.#sale.hall;
    for (const seatId of seatIds)
      for (const set of [this.#base, this.#fine, this.#coming]) set?.spoil(x[seatId] ?? 0, y[seatId] ?? 0);
    this.wake();
  }

  #newSet(scale: number): TileSet {
    const painter = new TilePainter(this.#sale, this.#colours, this.#words.stage, scale, this.#ratio);
    return new TileSet(painter, mostTiles);
  }

  #recolour(): void {
    this.#colours = readMapColours(this.#canvas.parentElement ?? document.body);
    this.#overlay = new MapOverlay(this.#sale, this.#colours, this.#ratio, this.#words.left);
    this.#repaint();
  }

  /** Paints everything anew. */
  #repaint(): void {
    this.#base = this.#newSet(fitCamera(this.#sale.hall.bounds, this.motion.size).scale * this.#ratio);
    this.#fine = this.#coming = undefined;
    this.wake();
  }
}

function isSame(one: number, other: number | undefined): boolean {
  return other !== undefined && Math.abs(one / other - 1) < 1e-4;
}

function usualPointing(): Pointing {
  return matchMedia('(pointer: coarse)').matches ? 'touch' : 'mouse';
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
