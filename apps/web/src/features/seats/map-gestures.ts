import type { MapView } from './map-view.ts';
import type { Point } from './geometry.ts';

/** Farther than this a finger is dragging, not tapping. CSS pixels. */
const tapReach = 9;
const longestTapMs = 600;

interface Finger extends Point {
  readonly id: number;
}

interface Trace extends Point {
  readonly at: number;
}

/** Hands taps on; everything else moves the map. */
export interface GestureListener {
  readonly onTap: (at: Point, by: 'mouse' | 'touch') => void;
  readonly onHover: (at: Point | undefined) => void;
}

/** Wheel, drag and pinch on the map. */
export class MapGestures {
  readonly #view: MapView;
  readonly #element: HTMLElement;
  readonly #listener: GestureListener;
  readonly #fingers = new Map<number, Finger>();
  readonly #watch = new AbortController();
  #trail: Trace[] = [];
  #start: Trace | undefined;
  /** A finger that was part of a pinch is no tap. */
  #isTap = false;

  constructor(element: HTMLElement, view: MapView, listener: GestureListener) {
    this.#element = element;
    this.#view = view;
    this.#listener = listener;
    const options = { signal: this.#watch.signal };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    element.addEventListener('pointermove', (event) => this.#move(event), options);
    element.addEventListener('pointerup', (event) => this.#up(event), options);
    element.addEventListener('pointercancel', (event) => this.#leave(event), options);
    element.addEventListener('pointerleave', () => listener.onHover(undefined), options);
    element.addEventListener('wheel', (event) => this.#wheel(event), { ...options, passive: false });
  }

  stop(): void {
    this.#watch.abort();
  }

  #placeOf(event: MouseEvent): Point {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#element.setPointerCapture(event.pointerId);
    const place = this.#placeOf(event);
    this.#fingers.set(event.pointerId, { id: event.pointerId, ...place });
    this.#isTap = this.#fingers.size === 1;
    this.#start = { ...place, at: event.timeStamp };
    this.#trail = [this.#start];
    this.#view.motion.stop();
  }

  #move(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === 'mouse') this.#listener.onHover(place);
      return;
    }
    const other = [...this.#fingers.values()].find((finger) => finger.id !== event.pointerId);
    if (other !== undefined) this.#pinch(before, place, other);
    else this.#drag(before, place, event.timeStamp);
    if (other !== undefined || !this.#isTap)
      this.#fingers.set(event.pointerId, { id: event.pointerId, ...place });
  }

  #drag(before: Point, place: Point, at: number): void {
    if (this.#isTap && this.#start !== undefined) {
      if (Math.hypot(place.x - this.#start.x, place.y - this.#start.y) < tapReach) return;
      this.#isTap = false;
    }
    this.#trail = [...this.#trail.filter((trace) => at - trace.at < 90), { ...place, at }];
    this.#view.panBy(place.x - before.x, place.y - before.y);
  }

  #pinch(before: Point, place: Point, other: Point): void {
    const spread = Math.hypot(place.x - other.x, place.y - other.y);
    const spreadBefore = Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    this.#view.panBy((place.x - before.x) / 2, (place.y - before.y) / 2);
    this.#view.zoomBy(Math.max(10, spread) / spreadBefore, {
      x: (place.x + other.x) / 2,
      y: (place.y + other.y) / 2,
    });
  }

  #up(event: PointerEvent): void {
    const start = this.#start;
    const wasHeld = this.#fingers.has(event.pointerId);
    this.#leave(event);
    if (!wasHeld || start === undefined || this.#fingers.size > 0) return;
    const place = this.#placeOf(event);
    if (this.#isTap) {
      const by = event.pointerType === 'mouse' ? 'mouse' : 'touch';
      if (event.timeStamp - start.at < longestTapMs) this.#listener.onTap(place, by);
      return;
    }
    const first = this.#trail[0];
    const passed = first === undefined ? 0 : event.timeStamp - first.at;
    if (first !== undefined && passed > 15 && this.#trail.length > 2)
      this.#view.flick((place.x - first.x) / passed, (place.y - first.y) / passed);
  }

  #leave(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size > 0) this.#isTap = false;
    this.#trail = [];
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    // Lines and pages of old mice, in pixels.
    const unit = [1, 16, 400][event.deltaMode] ?? 1;
    const step = Math.max(-240, Math.min(240, event.deltaY * unit));
    // A pinch on a touchpad arrives as a wheel with ctrl, in small steps.
    this.#view.zoomBy(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0022)), this.#placeOf(event));
  }
}
