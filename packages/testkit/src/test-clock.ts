/** A clock that stands still until it is told to move. */
export type TestClock = {
  now(): Date;
  advance(milliseconds: number): void;
  set(instant: Date | string): void;
};

/** Makes a clock that stands at the instant given. */
export function createTestClock(start: Date | string = '2026-01-01T00:00:00.000Z'): TestClock {
  let instant = new Date(start).getTime();
  return {
    now: () => new Date(instant),
    advance(milliseconds) {
      instant += milliseconds;
    },
    set(moved) {
      instant = new Date(moved).getTime();
    },
  };
}
