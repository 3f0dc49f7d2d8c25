import type { Counted } from './fan-context.ts';

/** Live figures of a run, as the fans see them. The audit never reads them. */
export interface LiveFigures {
  readonly secondsFromOpening: number;
  readonly phase: string;
  readonly arrived: number;
  /** Came and have not been let in. */
  readonly waiting: number;
  readonly counted: Readonly<Record<Counted, number>>;
  readonly left: number | undefined;
  readonly openHolds: number;
  readonly holdP99Ms: number;
  readonly refusals: ReadonlyMap<string, number>;
}

/** Where progress goes: one line a second, rewritten on a terminal. */
export interface ProgressLine {
  step(text: string): void;
  show(figures: LiveFigures): void;
  end(): void;
}

/** For a run that nobody watches. */
export const noProgress: ProgressLine = { step: () => {}, show: () => {}, end: () => {} };

const refusalsShown = 4;

/** Creates the line on a stream; on a pipe every line stays. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  const isTerminal = stream.isTTY === true;
  let isOpen = false;
  const end = () => {
    if (isOpen) stream.write('\n');
    isOpen = false;
  };
  return {
    step: (text) => {
      end();
      stream.write(`… ${text}\n`);
    },
    show: (figures) => {
      const line = lineOf(figures);
      isOpen = isTerminal;
      stream.write(isTerminal ? `\r\u001b[2K${line.slice(0, stream.columns)}` : `${line}\n`);
    },
    end,
  };
}

function lineOf(figures: LiveFigures): string {
  const { counted } = figures;
  const seconds = Math.floor(figures.secondsFromOpening);
  const refusals = [...figures.refusals]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, refusalsShown)
    .map(([code, count]) => `${code} ${count}`);
  return [
    `${seconds < 0 ? '−' : '+'}${Math.abs(seconds)} s ${figures.phase}`,
    `arrived ${figures.arrived}`,
    `waiting ${figures.waiting}`,
    `admitted ${counted.admitted}`,
    `holding ${figures.openHolds}`,
    `paid ${counted.paid}`,
    `left ${figures.left ?? '?'}`,
    `hold p99 ${Math.round(figures.holdP99Ms)} ms`,
    refusals.join(', '),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
