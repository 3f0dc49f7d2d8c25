import type { SeatChange, SeatStatus } from '@urr/contracts/ticket-reads.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { SeatCode } from '../live/seat-mirror.ts';
import { seatsByGrade } from '../live/seats-by-grade.ts';
import { layoutVersion } from './layout-document.ts';
import { changedSeats, packCodes, readCodes, type SeatCodes } from './seat-codes.ts';

/** An event's places at one instant. */
export interface Snapshot extends SeatCodes {
  readonly live: LiveSale;
  /** Version of the mirror it was taken from. */
  readonly mirrorVersion: number;
  /** Free places of each pool, in the order of the event's pools. */
  readonly poolsLeft: readonly number[];
}

/** Takes all places of an event at an instant of the store's clock. */
export function takeSnapshot(live: LiveSale, nowMs: number): Snapshot {
  return {
    live,
    mirrorVersion: live.seats.version,
    poolsLeft: poolsLeft(live),
    ...readCodes(live.seats, nowMs),
  };
}

/** True when nothing can differ from the snapshot at this instant; costs nothing per seat. */
export function isCurrent(snapshot: Snapshot, live: LiveSale, nowMs: number): boolean {
  return (
    snapshot.live === live &&
    snapshot.mirrorVersion === live.seats.version &&
    nowMs < snapshot.nextEndMs &&
    isSame(snapshot.poolsLeft, poolsLeft(live))
  );
}

/** The whole status as everybody reads it. */
export function statusOf(snapshot: Snapshot, version: string): SeatStatus {
  const { sale } = snapshot.live;
  return {
    version,
    layout: sale.layout === undefined ? null : layoutVersion(sale.layout),
    seats: packCodes(snapshot.codes).toString('base64'),
    grades: gradesOf(snapshot),
    pools: sale.pools.map((pool, index) => ({
      ticketTypeId: pool.ticketTypeId,
      name: pool.name,
      grade: pool.grade,
      price: pool.price,
      total: pool.quantity,
      left: snapshot.poolsLeft[index] ?? 0,
    })),
  };
}

/** What differs between two snapshots of one sale; undefined when nothing does. */
export function changeOf(before: Snapshot, after: Snapshot, version: string): SeatChange | undefined {
  const seats = changedSeats(before.codes, after.codes);
  const lists = { free: seats[0], held: seats[1], sold: seats[2], blocked: seats[3] };
  const changed = Object.entries(lists).filter(([, seatIds]) => seatIds.length > 0);
  if (changed.length === 0 && isSame(before.poolsLeft, after.poolsLeft)) return undefined;
  const left = { grades: gradesOf(after).map((grade) => grade.left), pools: [...after.poolsLeft] };
  return { version, ...Object.fromEntries(changed), left };
}

function gradesOf({ live, codes }: Snapshot): SeatStatus['grades'] {
  const seats = seatsByGrade(live.sale, (seatId) => codes[seatId] as SeatCode);
  return seats.map(({ grade, price, total, left }) => ({ grade, price, total, left }));
}

function poolsLeft({ sale, pools }: LiveSale): number[] {
  return sale.pools.map((pool) => pools.left(pool.ticketTypeId) ?? 0);
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
