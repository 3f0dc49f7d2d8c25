import type { Random } from '../engine/random.ts';
import type { FanProfile } from '../population.ts';

/** What a fan asks the shop for. */
export type Wish =
  | { readonly kind: 'seats'; readonly seatIds: readonly number[] }
  | { readonly kind: 'best-available'; readonly grade: string; readonly quantity: number }
  | { readonly kind: 'places'; readonly ticketTypeId: string; readonly quantity: number };

/** A hall as a buyer's page knows it. */
export interface SeatMap {
  /** Seat ids by row, in the order of their labels; the front rows first. */
  readonly rows: readonly (readonly number[])[];
  readonly gradeOf: (seatId: number) => string;
  readonly grades: readonly string[];
}

/** Standing places of an event. */
export interface PoolChoice {
  readonly ticketTypeId: string;
  readonly left: number | null;
}

/** Who chooses, and how often it was in vain. */
export interface Chooser {
  readonly profile: FanProfile;
  readonly random: Random;
  readonly racesLost: number;
}

/** Chooses side by side where the map shows room; `undefined` when nothing is free. */
export function chooseSeats(
  map: SeatMap,
  isFree: (seatId: number) => boolean,
  fan: Chooser,
): Wish | undefined {
  const { profile, random } = fan;
  if (profile.taste === 'best-available') return chooseGrade(map, isFree, fan);
  const start = firstRow(map.rows.length, fan);
  for (let quantity = profile.quantity; quantity > 0; quantity -= 1) {
    const runs = findRuns(map, isFree, { quantity, start, most: runsLookedAt });
    const chosen = runs[random.between(0, Math.max(0, runs.length - 1))];
    if (chosen !== undefined) return { kind: 'seats', seatIds: chosen };
  }
  return undefined;
}

const runsLookedAt = 12;

// Most look at the first fifth of the hall, where everybody else looks too; who has lost there looks elsewhere.
function firstRow(rows: number, { profile, random, racesLost }: Chooser): number {
  const reach = profile.taste === 'front' && racesLost === 0 ? rows / 5 : rows;
  return Math.floor(random.next() * reach);
}

function findRuns(
  map: SeatMap,
  isFree: (seatId: number) => boolean,
  search: { readonly quantity: number; readonly start: number; readonly most: number },
): number[][] {
  const runs: number[][] = [];
  for (let step = 0; step < map.rows.length && runs.length < search.most; step += 1) {
    const row = map.rows[(search.start + step) % map.rows.length] ?? [];
    for (let first = 0; first + search.quantity <= row.length && runs.length < search.most;) {
      const run = row.slice(first, first + search.quantity);
      const isWhole = run.every((seatId) => isFree(seatId));
      if (isWhole) runs.push(run);
      first += isWhole ? search.quantity : 1;
    }
  }
  return runs;
}

function chooseGrade(
  map: SeatMap,
  isFree: (seatId: number) => boolean,
  { profile, random }: Chooser,
): Wish | undefined {
  const free = new Map<string, number>();
  for (const row of map.rows)
    for (const seatId of row)
      if (isFree(seatId)) free.set(map.gradeOf(seatId), (free.get(map.gradeOf(seatId)) ?? 0) + 1);
  const grades = map.grades.filter((grade) => (free.get(grade) ?? 0) > 0);
  const grade = grades[random.between(0, Math.max(0, grades.length - 1))];
  if (grade === undefined) return undefined;
  return { kind: 'best-available', grade, quantity: Math.min(profile.quantity, free.get(grade) ?? 1) };
}

/** Chooses a pool that shows room. */
export function choosePlaces(pools: readonly PoolChoice[], { profile, random }: Chooser): Wish | undefined {
  const open = pools.filter((pool) => pool.left === null || pool.left > 0);
  const pool = open[random.between(0, Math.max(0, open.length - 1))];
  if (pool === undefined) return undefined;
  const quantity = Math.min(profile.quantity, pool.left ?? profile.quantity);
  return { kind: 'places', ticketTypeId: pool.ticketTypeId, quantity };
}
