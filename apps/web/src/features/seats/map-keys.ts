import type { MapView } from './map-view.ts';
import type { Point } from './geometry.ts';
import { toScreen } from './viewport.ts';

/** Part of the screen one press of an arrow moves. */
const arrowPart = 0.2;
const zoomFactor = 1.5;
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrows, +, −, Home and Enter on the map. `onAim` tells when a cross in the middle is of use. */
export class MapKeys {
  readonly #view: MapView;
  readonly #onPick: (at: Point) => void;
  readonly #watch = new AbortController();

  constructor(
    element: HTMLElement,
    view: MapView,
    { onPick, onAim }: { readonly onPick: (at: Point) => void; readonly onAim: (isAimed: boolean) => void },
  ) {
    this.#view = view;
    this.#onPick = onPick;
    const options = { signal: this.#watch.signal };
    element.addEventListener('keydown', (event) => this.#press(event) && onAim(true), options);
    element.addEventListener('blur', () => onAim(false), options);
    element.addEventListener('pointerdown', () => onAim(false), options);
  }

  stop(): void {
    this.#watch.abort();
  }

  /** True when the key did something. */
  #press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const isKnown = this.#move(event.key) || this.#zoom(event.key) || this.#act(event.key);
    if (isKnown) event.preventDefault();
    return isKnown;
  }

  #move(key: string): boolean {
    const { target, size } = this.#view.motion;
    const direction = directions[key];
    if (direction === undefined) return false;
    const [dx, dy] = direction;
    const step = arrowPart / target.scale;
    this.#view.glideTo({
      ...target,
      x: target.x + dx * step * size.width,
      y: target.y + dy * step * size.height,
    });
    return true;
  }

  #zoom(key: string): boolean {
    const factor = { '+': zoomFactor, '=': zoomFactor, '-': 1 / zoomFactor, _: 1 / zoomFactor }[key];
    if (factor === undefined) return false;
    const { target } = this.#view.motion;
    this.#view.glideTo({ ...target, scale: target.scale * factor });
    return true;
  }

  #act(key: string): boolean {
    const { camera, size } = this.#view.motion;
    if (key === 'Home') this.#view.showAll();
    else if (key === 'Enter' || key === ' ') this.#onPick(toScreen(camera, size, camera));
    else return false;
    return true;
  }
}
