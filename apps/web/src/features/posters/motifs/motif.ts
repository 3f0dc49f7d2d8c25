import type { PosterColours } from '../colours.ts';
import type { Random } from '../seeded-random.ts';
import type { Shape } from '../shapes.ts';

/** What a motif is drawn with. It fills the whole field; what reaches over its edge is cut off. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly colours: PosterColours;
  readonly random: Random;
}

/** Draws a motif over a field whose background is there already. */
export type Motif = (canvas: Canvas) => Shape[];
