import type { SeatChange, SeatLayout, SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { decodeHall, type Hall } from './hall.ts';

/** A hall of two sections, each with rows of ten: `가` of grade R in front of `나` of grade S; the last seat of each row is a wheelchair space. */
function testLayout(rows = 2): SeatLayout {
  const perRow = 10;
  const seatCount = rows * perRow * 2;
  const columns = Array.from({ length: seatCount }, (_, seatId) => ({
    x: ((seatId % perRow) - 4.5) * 50,
    y: 200 + Math.floor(seatId / perRow) * 80,
    isSecond: seatId >= seatCount / 2,
  }));
  const differences = (values: readonly number[]) =>
    values.map((value, index) => value - (values[index - 1] ?? 0));
  return {
    version: 'v1',
    layoutId: '00000000-0000-4000-8000-000000000000',
    layoutVersion: 1,
    seatCount,
    sections: ['가', '나'],
    grades: ['S', 'R'],
    runs: Array.from({ length: rows * 2 }, (_, row): [number, string, number] => [
      row < rows ? 0 : 1,
      String((row % rows) + 1),
      perRow,
    ]),
    labels: columns.map((_, seatId) => String((seatId % perRow) + 1)),
    x: differences(columns.map(({ x }) => x)),
    y: differences(columns.map(({ y }) => y)),
    grade: columns.map(({ isSecond }) => (isSecond ? 0 : 1)),
    flags: columns.map((_, seatId) => (seatId % perRow === perRow - 1 ? 1 : 0)),
  };
}

/** The same, read. */
export function testHall(rows = 2): Hall {
  return decodeHall(testLayout(rows));
}

/** A status in which seats have the given states. */
export function testStatus(states: readonly number[], version = 'a.1'): SeatStatus {
  const bytes = new Uint8Array(Math.ceil(states.length / 4));
  for (const [seatId, state] of states.entries())
    bytes[seatId >> 2] = (bytes[seatId >> 2] ?? 0) | (state << ((seatId & 3) * 2));
  const left = (from: number, to: number) => states.slice(from, to).filter((state) => state === 0).length;
  const half = states.length / 2;
  return {
    version,
    layout: 'v1',
    seats: btoa(String.fromCharCode(...bytes)),
    grades: [
      { grade: 'R', price: 121_000, total: half, left: left(0, half) },
      { grade: 'S', price: 88_000, total: half, left: left(half, states.length) },
    ],
    pools: [],
  };
}

/** A change of some seats. */
export function testChange(part: Partial<SeatChange>): SeatChange {
  return { version: 'a.2', left: { grades: [1, 1], pools: [] }, ...part };
}
