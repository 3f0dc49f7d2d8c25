import { build, type Histogram } from 'hdr-histogram-js';

/** Percentiles of one step in milliseconds. */
export interface StepLatency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Latencies by step, each from the instant the step was meant to begin. */
export interface Latencies {
  record(step: string, milliseconds: number): void;
  /** Several steps counted together. */
  of(...steps: readonly string[]): StepLatency;
  all(): Readonly<Record<string, StepLatency>>;
}

const microsecondsPerMillisecond = 1_000;
const longestMicroseconds = 600_000_000;

/** Creates histograms with three significant digits. */
export function createLatencies(): Latencies {
  const histograms = new Map<string, Histogram>();
  const histogramOf = (step: string) => {
    const known = histograms.get(step);
    if (known !== undefined) return known;
    const made = emptyHistogram();
    histograms.set(step, made);
    return made;
  };
  const of = (...steps: readonly string[]) => {
    const together = emptyHistogram();
    for (const step of steps) {
      const histogram = histograms.get(step);
      if (histogram !== undefined) together.add(histogram);
    }
    return summaryOf(together);
  };
  return {
    record: (step, milliseconds) => {
      const microseconds = Math.round(milliseconds * microsecondsPerMillisecond);
      histogramOf(step).recordValue(Math.min(Math.max(1, microseconds), longestMicroseconds));
    },
    of,
    all: () => Object.fromEntries([...histograms.keys()].toSorted().map((step) => [step, of(step)])),
  };
}

function emptyHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestMicroseconds,
    numberOfSignificantValueDigits: 3,
  });
}

function summaryOf(histogram: Histogram): StepLatency {
  const at = (percentile: number) => inMilliseconds(histogram.getValueAtPercentile(percentile));
  return {
    count: histogram.totalCount,
    p50: at(50),
    p95: at(95),
    p99: at(99),
    max: histogram.totalCount === 0 ? 0 : inMilliseconds(histogram.maxValue),
  };
}

function inMilliseconds(microseconds: number): number {
  return Math.round(microseconds / 10) / (microsecondsPerMillisecond / 10);
}
