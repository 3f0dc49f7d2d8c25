import type { Sale } from './line-store.ts';

/** What is remembered of a line at one instant. */
export type LineMoment = Pick<Sale, 'seenAt' | 'issued' | 'serving' | 'active'>;

/** How a line moved during the last ten minutes. */
export interface LineHistory {
  record(moment: LineMoment): void;
  /** Oldest first. */
  moments(): readonly LineMoment[];
}

const stepMs = 5_000;
const windowMs = 600_000;
// Ticks come a little early or late; a sample that is due is not put off by a whole step.
const toleranceMs = 100;

/** Remembers one moment every 5 s, by the store's clock: 121 at most. */
export function createLineHistory(): LineHistory {
  let moments: LineMoment[] = [];
  return {
    record: ({ seenAt, issued, serving, active }) => {
      const last = moments.at(-1);
      if (last !== undefined && Math.abs(seenAt.getTime() - last.seenAt.getTime()) < stepMs - toleranceMs)
        return;
      const since = seenAt.getTime() - windowMs;
      moments = moments.filter((moment) => moment.seenAt.getTime() >= since && moment.seenAt < seenAt);
      moments.push({ seenAt, issued, serving, active });
    },
    moments: () => moments,
  };
}
