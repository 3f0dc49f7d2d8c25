import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { Sight } from '../page/standing.ts';
import type { Alarm } from './alarm.ts';
import type { Desk } from './desk.ts';
import type { Receipts } from './receipts.ts';

/** What the page is doing besides looking. */
export type Step =
  | { readonly kind: 'none' | 'joining' | 'entering' | 'slot-soon' | 'leaving' }
  | { readonly kind: 'entering-in'; readonly seconds: number };

/** What the page shows. */
export interface View {
  readonly sight: Sight;
  readonly step: Step;
  /** Looks in a row without an answer. */
  readonly failures: number;
  /** Joins by itself as soon as it may. */
  readonly wantsIn: boolean;
  readonly refused: Pick<ProblemDocument, 'title' | 'detail'> | null;
}

/** All the watch touches. */
export interface WatchPorts {
  readonly desk: Desk;
  readonly receipts: Receipts;
  readonly alarm: Pick<Alarm, 'ring' | 'quiet'>;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly isHidden: () => boolean;
  /** Acts after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly show: (view: View) => void;
  readonly goToSeats: () => void;
  readonly callText: string;
}
