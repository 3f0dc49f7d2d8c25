import { overlap, type Point } from './geometry.ts';
import type { Section } from './hall.ts';
import type { MapColours } from './map-colours.ts';
import type { SeatSale } from './seat-sale.ts';
import { ClaimedPlaces, SectionLabels } from './section-labels.ts';
import { placeBeside } from './sign-place.ts';
import { type Camera, leastSeat, seatPitch, type Size, toScreen, visibleBounds } from './viewport.ts';

/** From this size on, seats speak for themselves and sections' signs would be in their way. CSS pixels. */
const seatsSpeakFrom = 15;
/** Least size of a mark, in CSS pixels. */
const leastMark = 11;

/** Whether its reader moves by keys, and the seat that Enter would choose. */
export interface Aim {
  readonly isAimed: boolean;
  readonly aimedSeat: number | undefined;
}

/** What lies over the drawing and is drawn anew in every frame: signs of sections, marks of chosen and lost seats. */
export class MapOverlay {
  readonly #sale: SeatSale;
  readonly #colours: MapColours;
  readonly #labels: SectionLabels;
  readonly #ratio: number;
  readonly #countText: (left: number) => string;

  constructor(sale: SeatSale, colours: MapColours, ratio: number, countText: (left: number) => string) {
    this.#sale = sale;
    this.#colours = colours;
    this.#labels = new SectionLabels(colours, ratio);
    this.#ratio = ratio;
    this.#countText = countText;
  }

  draw(pen: CanvasRenderingContext2D, camera: Camera, size: Size, aim: Aim): void {
    if (camera.scale * seatPitch < seatsSpeakFrom) this.#drawSigns(pen, camera, size);
    const { selection, lost } = this.#sale.choice();
    const radius = (Math.max(leastMark, camera.scale * seatPitch * 0.96) / 2) * this.#ratio;
    for (const { seatId, replacement } of lost) {
      this.#drawMark(pen, camera, size, seatId, radius, 'lost');
      if (replacement !== undefined) this.#drawMark(pen, camera, size, replacement, radius, 'offered');
    }
    for (const seatId of selection) this.#drawMark(pen, camera, size, seatId, radius, 'chosen');
    if (aim.aimedSeat !== undefined && !selection.includes(aim.aimedSeat))
      this.#drawMark(pen, camera, size, aim.aimedSeat, radius, 'offered');
    if (aim.isAimed) this.#drawAim(pen, size);
  }

  #drawSigns(pen: CanvasRenderingContext2D, camera: Camera, size: Size): void {
    const { hall, board } = this.#sale;
    const { grade } = this.#sale.choice();
    const claimed = new ClaimedPlaces();
    const seen = visibleBounds(camera, size);
    for (const [index, section] of hall.sections.entries()) {
      if (!overlap(seen, section.bounds)) continue;
      const placed = this.#place(section, this.#countText(board.leftIn(index, grade)), camera, size);
      if (placed === undefined) continue;
      const { sign, x, y } = placed;
      if (claimed.claim({ left: x, top: y, right: x + sign.width, bottom: y + sign.height }))
        pen.drawImage(sign, x, y);
    }
  }

  /** A section's sign in its middle; beside it once its seats are large enough to be pressed. Device pixels. */
  #place(
    { name, bounds, middle }: Section,
    count: string,
    camera: Camera,
    size: Size,
  ): { readonly sign: HTMLCanvasElement; readonly x: number; readonly y: number } | undefined {
    const perCentimetre = camera.scale * this.#ratio;
    const at = (place: Point, left: number, top: number) => {
      const { x, y } = toScreen(camera, size, place);
      return { x: Math.round(x * this.#ratio - left), y: Math.round(y * this.#ratio - top) };
    };
    if (camera.scale * seatPitch < leastSeat.mouse) {
      const width = (bounds.right - bounds.left + 60) * perCentimetre;
      const height = (bounds.bottom - bounds.top + 60) * perCentimetre;
      const sign = this.#labels.fitting(name, count, width, height);
      return sign && { sign, ...at(middle, sign.width / 2, sign.height / 2) };
    }
    const ground = { grid: this.#sale.grid, stage: this.#sale.hall.stage };
    for (const sign of this.#labels.sizes(name, count)) {
      const [width, height] = [sign.width / perCentimetre, sign.height / perCentimetre];
      const place = placeBeside(ground, { bounds, middle }, width, height);
      if (place !== undefined) return { sign, ...at({ x: place.left, y: place.top }, 0, 0) };
    }
    return undefined;
  }

  #drawMark(
    pen: CanvasRenderingContext2D,
    camera: Camera,
    size: Size,
    seatId: number,
    radius: number,
    kind: 'chosen' | 'lost' | 'offered',
  ): void {
    const { hall } = this.#sale;
    const at = toScreen(camera, size, { x: hall.x[seatId] ?? 0, y: hall.y[seatId] ?? 0 });
    const [x, y] = [at.x * this.#ratio, at.y * this.#ratio];
    pen.lineWidth = Math.max(1.5 * this.#ratio, radius * 0.16);
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.beginPath();
    pen.arc(x, y, radius, 0, Math.PI * 2);
    pen.fillStyle = kind === 'chosen' ? this.#colours.accent : this.#colours.surface;
    pen.strokeStyle =
      kind === 'lost' ? this.#colours.bad : kind === 'chosen' ? this.#colours.paper : this.#colours.accent;
    if (kind !== 'offered') pen.fill();
    pen.stroke();
    if (kind === 'offered') return;
    pen.strokeStyle = kind === 'chosen' ? this.#colours.onAccent : this.#colours.bad;
    pen.beginPath();
    for (const [moveX, moveY, isStart] of kind === 'chosen' ? checkMark : crossMark)
      if (isStart) pen.moveTo(x + moveX * radius, y + moveY * radius);
      else pen.lineTo(x + moveX * radius, y + moveY * radius);
    pen.stroke();
  }

  /** Where Enter would choose, for those who move by keys. */
  #drawAim(pen: CanvasRenderingContext2D, { width, height }: Size): void {
    const [x, y, arm] = [(width / 2) * this.#ratio, (height / 2) * this.#ratio, 16 * this.#ratio];
    for (const [colour, thickness] of [
      [this.#colours.paper, 5],
      [this.#colours.ink, 2],
    ] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = thickness * this.#ratio;
      pen.beginPath();
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        pen.moveTo(x + dx * arm * 0.5, y + dy * arm * 0.5);
        pen.lineTo(x + dx * arm, y + dy * arm);
      }
      pen.stroke();
    }
  }
}

const checkMark = [
  [-0.45, 0.05, true],
  [-0.12, 0.38, false],
  [0.48, -0.34, false],
] as const;
const crossMark = [
  [-0.35, -0.35, true],
  [0.35, 0.35, false],
  [0.35, -0.35, true],
  [-0.35, 0.35, false],
] as const;
