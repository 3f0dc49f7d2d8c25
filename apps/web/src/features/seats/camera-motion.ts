import type { Bounds } from './geometry.ts';
import { boundedCamera, type Camera, cameraBetween, fitCamera, pannedBy, type Size } from './viewport.ts';

const glideMs = 260;
/** What is left of a flick's speed after a millisecond. */
const flickDecay = 0.9955;
const slowestFlick = 0.02;

interface Glide {
  readonly from: Camera;
  readonly to: Camera;
  readonly startedAt: number;
}

interface Flick {
  vx: number;
  vy: number;
  at: number;
}

/** Moves the camera: at once, in a short glide, or as a flick runs out. It never leaves the hall. */
export class CameraMotion {
  readonly #bounds: Bounds;
  #size: Size = { width: 1, height: 1 };
  #camera: Camera = { x: 0, y: 0, scale: 0 };
  #glide: Glide | undefined;
  #flick: Flick | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get camera(): Camera {
    return this.#camera;
  }

  get size(): Size {
    return this.#size;
  }

  get isMoving(): boolean {
    return this.#glide !== undefined || this.#flick !== undefined;
  }

  /** Where the camera will be when it rests. */
  get target(): Camera {
    return this.#glide?.to ?? this.#camera;
  }

  /** Shows all of the hall the first time, and again if all was shown; otherwise keeps what was seen. */
  resize(size: Size): void {
    const showedAll = this.#camera.scale <= fitCamera(this.#bounds, this.#size).scale * 1.01;
    const camera = showedAll ? fitCamera(this.#bounds, size) : this.#keptAt(size);
    this.#size = size;
    this.#glide = undefined;
    this.#camera = boundedCamera(camera, this.#bounds, size);
  }

  // The sheet below the map grows with the choice: no seat may move under the finger that chooses. A phone that is turned
  // keeps its middle instead.
  #keptAt(size: Size): Camera {
    if (size.width !== this.#size.width) return this.#camera;
    return pannedBy(this.#camera, 0, (this.#size.height - size.height) / 2);
  }

  jump(camera: Camera): void {
    this.#glide = undefined;
    this.#flick = undefined;
    this.#camera = boundedCamera(camera, this.#bounds, this.#size);
  }

  glide(camera: Camera, now: number): void {
    const to = boundedCamera(camera, this.#bounds, this.#size);
    this.#flick = undefined;
    this.#glide = { from: this.#camera, to, startedAt: now };
  }

  /** Lets go of the hall at a speed, in pixels per millisecond. */
  flick(vx: number, vy: number, now: number): void {
    this.#flick = Math.hypot(vx, vy) > slowestFlick * 10 ? { vx, vy, at: now } : undefined;
  }

  stop(): void {
    this.#glide = undefined;
    this.#flick = undefined;
  }

  advance(now: number): void {
    if (this.#glide !== undefined) this.#advanceGlide(this.#glide, now);
    if (this.#flick !== undefined) this.#advanceFlick(this.#flick, now);
  }

  #advanceGlide({ from, to, startedAt }: Glide, now: number): void {
    const part = Math.min(1, Math.max(0, now - startedAt) / glideMs);
    this.#camera = part === 1 ? to : cameraBetween(from, to, 1 - (1 - part) ** 3);
    if (part === 1) this.#glide = undefined;
  }

  #advanceFlick(flick: Flick, now: number): void {
    const passed = Math.min(50, Math.max(0, now - flick.at));
    const before = this.#camera;
    this.#camera = boundedCamera(
      pannedBy(before, flick.vx * passed, flick.vy * passed),
      this.#bounds,
      this.#size,
    );
    flick.vx *= flickDecay ** passed;
    flick.vy *= flickDecay ** passed;
    flick.at = now;
    const hasStopped = passed > 0 && before.x === this.#camera.x && before.y === this.#camera.y;
    if (hasStopped || Math.hypot(flick.vx, flick.vy) < slowestFlick) this.#flick = undefined;
  }
}
