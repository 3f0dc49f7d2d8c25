const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
// Korea keeps no summer time.
const seoulOffsetMs = 9 * hourMs;

const absolute = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const distance = /^([+-])(\d{1,6})([mhd])$/;
const clockTime = /^([+-])(\d{1,4})d ([01]\d|2[0-3]):([0-5]\d)$/;
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** Resolves a time of an event file against `now`; `undefined` when it is none. */
export function resolveEventTime(text: string, now: Date): Date | undefined {
  const instant = absoluteTime(text) ?? distantTime(text, now) ?? seoulClockTime(text, now);
  const isPlausible = instant !== undefined && instant >= earliest && instant < latest;
  return isPlausible ? new Date(instant) : undefined;
}

function absoluteTime(text: string): number | undefined {
  const match = absolute.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  // Date takes 30 February for 2 March.
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

const unitMs: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: dayMs };

function distantTime(text: string, now: Date): number | undefined {
  const [, sign, count, unit = ''] = distance.exec(text) ?? [];
  if (count === undefined) return undefined;
  return now.getTime() + signed(sign, Number(count)) * (unitMs[unit] ?? 0);
}

function seoulClockTime(text: string, now: Date): number | undefined {
  const [, sign, days, hours, minutes] = clockTime.exec(text) ?? [];
  if (days === undefined) return undefined;
  const seoulMidnight = Math.floor((now.getTime() + seoulOffsetMs) / dayMs) * dayMs - seoulOffsetMs;
  const ofDay = Number(hours) * hourMs + Number(minutes) * minuteMs;
  return seoulMidnight + signed(sign, Number(days)) * dayMs + ofDay;
}

function signed(sign: string | undefined, count: number): number {
  return sign === '-' ? -count : count;
}

/** An instant, or a day in Seoul, of a list's filter: its start, or with `edge` `end` the start of the next day. */
export function readFilterInstant(text: string, edge: 'start' | 'end'): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return absoluteInstant(text);
  const midnight = absoluteTime(`${text}T00:00:00+09:00`);
  return midnight === undefined ? undefined : new Date(midnight + (edge === 'end' ? dayMs : 0));
}

function absoluteInstant(text: string): Date | undefined {
  return absolute.test(text) ? resolveEventTime(text, new Date(0)) : undefined;
}
