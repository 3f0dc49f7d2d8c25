/** Payments begun in one minute of the clock. */
export interface PaymentMinute {
  readonly atMs: number;
  readonly done: number;
  readonly failed: number;
}

const minuteMs = 60_000;

/** So many minutes up to the running one, oldest first; the server leaves out those in which nobody paid. */
export function paymentMinutes(
  figures: {
    readonly now: string;
    readonly perMinute: readonly { readonly at: string; readonly done: number; readonly failed: number }[];
  },
  count: number,
): PaymentMinute[] {
  const known = new Map(figures.perMinute.map((minute) => [Date.parse(minute.at), minute]));
  const running = Math.floor(Date.parse(figures.now) / minuteMs) * minuteMs;
  return Array.from({ length: count }, (_, index) => {
    const atMs = running - (count - 1 - index) * minuteMs;
    const { done = 0, failed = 0 } = known.get(atMs) ?? {};
    return { atMs, done, failed };
  });
}
