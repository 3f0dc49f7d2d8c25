/** Measures how fast serving moves while somebody waits. */
export interface Speedometer {
  record(serving: number, isSomebodyWaiting: boolean): void;
  /** Over the last minute at most; `undefined` before ten seconds of waiting were seen. */
  perSecond(): number | undefined;
}

const sampleMs = 1_000;
const windowMs = 60_000;
const leastMs = 10_000;

/** `monotonicMs` measures durations alone; no order depends on it. */
export function createSpeedometer(monotonicMs: () => number): Speedometer {
  let samples: { at: number; serving: number }[] = [];
  return {
    record: (serving, isSomebodyWaiting) => {
      const at = monotonicMs();
      if (!isSomebodyWaiting) samples = [];
      const last = samples.at(-1);
      if (last !== undefined && at - last.at < sampleMs) return;
      samples.push({ at, serving });
      while ((samples[0]?.at ?? at) < at - windowMs) samples.shift();
    },
    perSecond: () => {
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined || last.at - first.at < leastMs) return undefined;
      return ((last.serving - first.serving) * 1000) / (last.at - first.at);
    },
  };
}
