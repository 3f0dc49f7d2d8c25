/** One look at a line, by the server's clock. */
export interface Sample {
  readonly atMs: number;
  readonly issued: number;
  readonly serving: number;
  readonly active: number;
}

/** How far back the charts look. Milliseconds. */
export const windowMs = 600_000;
/** Looks further apart than this have a hole between them: nobody knows what happened there. Milliseconds. */
const gapMs = 12_000;
/** The server remembers one look in so long. Milliseconds. */
const stepMs = 5_000;

/** Samples of the window in order of time, without repeats. An answer that overtook another does not turn time back. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.atMs <= last.atMs) return samples;
  const since = sample.atMs - windowMs;
  return [...samples.filter(({ atMs }) => atMs >= since), sample];
}

/** Puts what the server remembers where this page has not looked: before it was opened, and while it was hidden. */
export function withPast(samples: readonly Sample[], past: readonly Sample[]): readonly Sample[] {
  const seen = new Set(samples.map(({ atMs }) => Math.floor(atMs / stepMs)));
  const missing = past.filter(({ atMs }) => !seen.has(Math.floor(atMs / stepMs)));
  const all = [...missing, ...samples].toSorted((one, other) => one.atMs - other.atMs);
  const since = (all.at(-1)?.atMs ?? 0) - windowMs;
  return all.filter(({ atMs }) => atMs >= since);
}

/** People a second lately, by how far a count moved; null before two looks were far enough apart. */
export function perSecond(
  samples: readonly Sample[],
  count: 'issued' | 'serving',
  overMs = 5_000,
): number | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  const first = samples.findLast(({ atMs }) => atMs <= last.atMs - overMs) ?? samples[0];
  if (first === undefined || last.atMs - first.atMs < 900 || last.atMs - first.atMs > overMs + gapMs)
    return null;
  return Math.max(0, ((last[count] - first[count]) * 1000) / (last.atMs - first.atMs));
}

/** A point of a chart; `null` where nobody looked. */
export interface Point {
  readonly atMs: number;
  readonly value: number | null;
}

/** A value of each sample, with holes where nobody looked. */
export function pointsOf(samples: readonly Sample[], value: (sample: Sample) => number): Point[] {
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    const point = { atMs: sample.atMs, value: value(sample) };
    const hasHole = before !== undefined && sample.atMs - before.atMs > gapMs;
    return hasHole ? [{ atMs: sample.atMs - 1, value: null }, point] : [point];
  });
}

/** How fast a count moved, in steps: people a second, at each step's end. */
export function ratesOf(samples: readonly Sample[], count: 'issued' | 'serving', stepMs = 10_000): Point[] {
  const points: Point[] = [];
  let from = samples[0];
  let before = from;
  for (const sample of samples) {
    if (from === undefined || before === undefined) break;
    if (sample.atMs - before.atMs > gapMs) {
      points.push({ atMs: sample.atMs, value: null });
      from = sample;
    } else if (sample.atMs - from.atMs >= stepMs) {
      const perMs = Math.max(0, sample[count] - from[count]) / (sample.atMs - from.atMs);
      points.push({ atMs: sample.atMs, value: perMs * 1000 });
      from = sample;
    }
    before = sample;
  }
  return points;
}

/** The same with the rate of now at its end: steps alone stop short of what the legend says. */
export function ratesUntilNow(samples: readonly Sample[], count: 'issued' | 'serving'): Point[] {
  const points = ratesOf(samples, count);
  const [last, now] = [samples.at(-1), perSecond(samples, count)];
  if (last === undefined || now === null) return points;
  return [...points.filter(({ atMs }) => atMs < last.atMs), { atMs: last.atMs, value: now }];
}

/** One row of the table beside a chart. */
export interface Minute {
  /** Whole minutes ago; 0 is the running one. */
  readonly minutesAgo: number;
  readonly joined: number;
  readonly called: number;
  /** As at the end of the minute. */
  readonly waiting: number;
  readonly active: number;
}

/** The samples by minutes ago, newest first; a minute nobody looked at is left out. */
export function minutesOf(samples: readonly Sample[]): Minute[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const minutes: Minute[] = [];
  for (let minutesAgo = 0; minutesAgo < windowMs / 60_000; minutesAgo += 1) {
    const endsMs = last.atMs - minutesAgo * 60_000;
    const end = samples.findLast(({ atMs }) => atMs <= endsMs);
    if (end === undefined || endsMs - end.atMs > gapMs) continue;
    const start = samples.find(({ atMs }) => atMs >= endsMs - 60_000) ?? end;
    minutes.push({
      minutesAgo,
      joined: Math.max(0, end.issued - start.issued),
      called: Math.max(0, end.serving - start.serving),
      waiting: end.issued - end.serving,
      active: end.active,
    });
  }
  return minutes;
}
