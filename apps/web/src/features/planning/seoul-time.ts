const clockPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
// Korea keeps no summer time.
const seoulOffsetMs = 9 * 60 * 60_000;
const minuteMs = 60_000;

/** The clock in Seoul at an instant, as a date field of a form takes it: `2027-05-01T19:00`. Seconds are cut off. */
export function seoulClock(instant: string | number | Date): string {
  return new Date(new Date(instant).getTime() + seoulOffsetMs).toISOString().slice(0, 16);
}

/** The instant a clock in Seoul shows, with its offset: `2027-05-01T19:00:00+09:00`; `undefined` when there is none. */
export function seoulInstant(clock: string): string | undefined {
  const [, year = '', month = '', day = '', hours = '', minutes = ''] = clockPattern.exec(clock) ?? [];
  const isDay =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysOf(year, month);
  if (!isDay || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${clock}:00+09:00`;
}

/** The clock in Seoul some minutes later, or earlier when negative; `undefined` when the clock shows no instant. */
export function seoulClockLater(clock: string, minutes: number): string | undefined {
  const instant = seoulInstant(clock);
  return instant === undefined ? undefined : seoulClock(Date.parse(instant) + minutes * minuteMs);
}

/** A clock time some days after an instant's day in Seoul. */
export function seoulClockOn(instant: number, days: number, time: string): string {
  return `${seoulClock(instant + days * 24 * 60 * minuteMs).slice(0, 10)}T${time}`;
}

function daysOf(year: string, month: string): number {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}
