import { decodeCoordinates, type SeatLayout } from '@urr/contracts/ticket-reads.ts';
import { type Bounds, boundsOf, convexHull, type Point } from './geometry.ts';

/** Seats of one row with ids next to each other. */
export interface Run {
  readonly section: number;
  readonly row: string;
  readonly from: number;
  readonly count: number;
}

/** A part of the hall with a name of its own. */
export interface Section {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly bounds: Bounds;
  /** Corners of the ground its seats stand on. */
  readonly outline: readonly Point[];
  readonly middle: Point;
}

/** A hall in columns: element n is about the seat with id n. Centimetres. */
export interface Hall {
  readonly version: string;
  readonly seatCount: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index in `grades`. */
  readonly grade: Uint8Array;
  /** Sum of `seatFlagBits`. */
  readonly flags: Uint8Array;
  /** Index in `runs`. */
  readonly run: Uint16Array;
  readonly labels: readonly string[];
  readonly grades: readonly string[];
  readonly runs: readonly Run[];
  readonly sections: readonly Section[];
  readonly bounds: Bounds;
  readonly stage: Bounds;
}

/** Grades most halls have, the dearest first. */
const usualGrades: readonly string[] = ['VIP', 'R', 'S', 'A'];
/** Room between the outermost seats and the edge of the drawing. Centimetres. */
const margin = 150;

/** Reads a layout document into columns. */
export function decodeHall(layout: SeatLayout): Hall {
  const x = Float32Array.from(decodeCoordinates(layout.x));
  const y = Float32Array.from(decodeCoordinates(layout.y));
  const { runs, run } = readRuns(layout);
  const grades = inUsualOrder(layout.grades);
  const stage = stageOf(x, y);
  const seats = boundsOf(x, y);
  return {
    version: layout.version,
    seatCount: layout.seatCount,
    x,
    y,
    grade: Uint8Array.from(layout.grade, (index) => grades.indexOf(layout.grades[index] ?? '')),
    flags: Uint8Array.from(layout.flags),
    run,
    labels: layout.labels,
    grades,
    runs,
    sections: layout.sections.map((name, index) =>
      sectionOf(
        name,
        runs.filter((each) => each.section === index),
        x,
        y,
      ),
    ),
    bounds: {
      left: Math.min(seats.left, stage.left) - margin,
      top: Math.min(seats.top, stage.top) - margin,
      right: Math.max(seats.right, stage.right) + margin,
      bottom: seats.bottom + margin,
    },
    stage,
  };
}

/** A grade looks the same in every hall. */
function inUsualOrder(grades: readonly string[]): string[] {
  const known = usualGrades.filter((grade) => grades.includes(grade));
  return [...known, ...grades.filter((grade) => !usualGrades.includes(grade)).toSorted()];
}

function readRuns(layout: SeatLayout): { runs: Run[]; run: Uint16Array } {
  const run = new Uint16Array(layout.seatCount);
  let from = 0;
  const runs = layout.runs.map(([section, row, count], index) => {
    run.fill(index, from, from + count);
    from += count;
    return { section, row, from: from - count, count };
  });
  return { runs, run };
}

function sectionOf(name: string, runs: readonly Run[], x: Float32Array, y: Float32Array): Section {
  const points: Point[] = [];
  for (const { from, count } of runs)
    for (let seat = from; seat < from + count; seat += 1) points.push({ x: x[seat] ?? 0, y: y[seat] ?? 0 });
  const bounds = boundsOf(
    points.map((point) => point.x),
    points.map((point) => point.y),
  );
  const middle = {
    x: points.reduce((sum, point) => sum + point.x, 0) / Math.max(1, points.length),
    y: points.reduce((sum, point) => sum + point.y, 0) / Math.max(1, points.length),
  };
  return { name, runs, bounds, outline: convexHull(points), middle };
}

/** The stage ends at y = 0 and keeps clear of seats that stand beside it. */
function stageOf(x: Float32Array, y: Float32Array): Bounds {
  const seats = boundsOf(x, y);
  let half = Math.min(1_400, (seats.right - seats.left) * 0.3);
  for (let seat = 0; seat < x.length; seat += 1)
    if ((y[seat] ?? 0) < 60) half = Math.min(half, Math.abs(x[seat] ?? 0) - 120);
  half = Math.max(200, half);
  return { left: -half, right: half, top: -Math.min(700, half * 0.6), bottom: 0 };
}

/** Section of a seat, as an index. */
export function sectionIndexOf(hall: Hall, seatId: number): number {
  return hall.runs[hall.run[seatId] ?? 0]?.section ?? 0;
}

/** What is printed on a seat's ticket. */
export function seatPlace(
  hall: Hall,
  seatId: number,
): { section: string; row: string; seat: string; grade: string } {
  const run = hall.runs[hall.run[seatId] ?? 0];
  return {
    section: hall.sections[run?.section ?? 0]?.name ?? '',
    row: run?.row ?? '',
    seat: hall.labels[seatId] ?? '',
    grade: hall.grades[hall.grade[seatId] ?? 0] ?? '',
  };
}
