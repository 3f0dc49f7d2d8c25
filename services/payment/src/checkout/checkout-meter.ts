/** Checkout's figures of one event in one window. */
export interface Measurement {
  readonly eventId: string;
  /** Confirm calls that ended in the window, faults among them. */
  readonly confirmations: number;
  readonly failures: number;
  readonly p95Ms: number;
}

/** Collects confirm calls per event until they are drained. */
export interface CheckoutMeter {
  record(eventId: string, durationMs: number, isFault: boolean): void;
  drain(): Measurement[];
}

// Enough for a p95; beyond that only the counts go on.
const mostDurations = 5_000;

/** A sale in which somebody paid within so long is reported while it is quiet too: no figures mean that nobody measures. */
const quietMs = 3_600_000;

export function createCheckoutMeter(monotonicMs: () => number = () => performance.now()): CheckoutMeter {
  let windows = new Map<string, { confirmations: number; failures: number; durations: number[] }>();
  const lastPaidAtMs = new Map<string, number>();
  return {
    record: (eventId, durationMs, isFault) => {
      lastPaidAtMs.set(eventId, monotonicMs());
      let window = windows.get(eventId);
      if (window === undefined) {
        window = { confirmations: 0, failures: 0, durations: [] };
        windows.set(eventId, window);
      }
      window.confirmations += 1;
      if (isFault) window.failures += 1;
      if (window.durations.length < mostDurations) window.durations.push(durationMs);
    },
    drain: () => {
      const drained = windows;
      windows = new Map();
      const oldest = monotonicMs() - quietMs;
      for (const [eventId, atMs] of lastPaidAtMs) if (atMs < oldest) lastPaidAtMs.delete(eventId);
      return [...lastPaidAtMs.keys()].map((eventId) => {
        const { confirmations = 0, failures = 0, durations = [] } = drained.get(eventId) ?? {};
        return { eventId, confirmations, failures, p95Ms: percentile95(durations) };
      });
    },
  };
}

export function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0);
}
