/** Distances and the seconds until it is worth polling again; the last row is for everybody farther away. */
export const pollSchedule: readonly (readonly [distance: number, seconds: number])[] = [
  [100, 1],
  [1_000, 3],
  [10_000, 10],
  [100_000, 30],
];

/** Seconds until someone this far from their turn should look again. */
export function pollAfter(ahead: number): number {
  const row = pollSchedule.find(([distance]) => ahead <= distance) ?? pollSchedule.at(-1);
  return row?.[1] ?? 1;
}

/** A wait in seconds, as a band: nobody can know it to the second. */
export function waitBand(ahead: number, speedPerSecond: number): { from: number; to: number } {
  const seconds = ahead / Math.max(speedPerSecond, 0.01);
  return { from: roundWait(seconds * 0.7), to: roundWait(seconds * 1.5) };
}

// Two digits are all a wait is worth.
function roundWait(seconds: number): number {
  return Math.min(Math.round(Number(seconds.toPrecision(2))), 9_999_999);
}

/**
 * Number in line of the n-th to arrive, from 1. The lobby's numbers come from the draw; before it nobody knows them.
 */
export function numberOf(
  arrival: number,
  line: { readonly lobbySize: number | null; readonly order: ((index: number) => number) | undefined },
): number | null {
  if (line.lobbySize === null) return null;
  if (arrival > line.lobbySize) return arrival;
  return line.order === undefined ? null : line.order(arrival - 1) + 1;
}
