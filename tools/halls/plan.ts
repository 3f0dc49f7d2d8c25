import type { Curve, Point } from './curve.ts';
import type { Zone } from './zone.ts';

export type Grade = 'VIP' | 'R' | 'S' | 'A';

/** The first rule that fits a seat gives its grade; a missing condition fits all. */
type GradeRule = {
  grade: Grade;
  sections?: readonly string[];
  rows?: readonly [first: number, last: number];
};

/** Wheelchair places with a companion beside each, at both ends of a row. */
type Bay = { section: string; row: number; pairsPerEnd: number };

/** A stair or door that cuts into the middle of every block. */
type Doorway = { rows: readonly [first: number, last: number]; width: number; sections?: readonly string[] };

/** Rows one behind another along one curve, cut into sections by aisles. Lengths in centimetres. */
export type Tier = {
  /** Places after the surplus at the last row's outer ends is left out. */
  seats: number;
  curve: Curve;
  rows: number;
  rowPitch: number;
  seatPitch: number;
  /** Width of the aisle between two sections, half a seat more or less at each side. */
  aisle: number;
  /** Where sections begin and end, in degrees about the curve's centres: one more than there are sections. */
  edges: readonly number[];
  sections: readonly string[];
  /** Walkways between rows: after this row, this much more room. */
  walkways?: readonly { afterRow: number; depth: number }[];
  grades: readonly GradeRule[];
  /** Seat numbers begin anew in each section, or run on through the row. */
  numbering: 'per-section' | 'per-row';
  bays?: readonly Bay[];
  doorways?: readonly Doorway[];
  /** Places outside it are left out. */
  walls?: Zone;
};

/** A pillar takes the seats at its foot and spoils the view of those right behind it. */
type Pillar = Point;

export type HallPlan = {
  name: string;
  seats: number;
  tiers: readonly Tier[];
  /** No places here: runways, second stages, stairs. */
  clear?: readonly Zone[];
  /** Places here are not sold: mixing desks, cameras. */
  blocked?: readonly Zone[];
  pillars?: readonly Pillar[];
  /** From the stage's front edge to its back wall. */
  stageDepth: number;
  /** Degrees off the middle axis, seen from the middle of the back wall, beyond which the view is restricted. */
  restrictedBeyondDegrees: number;
};

export type Flag = 'wheelchair' | 'companion' | 'blocked' | 'restricted-view';

export type Seat = Point & {
  section: string;
  row: number;
  seat: number;
  grade: Grade;
  flags: readonly Flag[];
};
