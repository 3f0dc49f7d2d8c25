import { angleAt, lengthAt, pointAt, radians, type Point } from './curve.ts';
import type { Flag, Grade, Tier } from './plan.ts';
import { contains, type Zone } from './zone.ts';

/** Centimetres along the row: a 90 cm bay and room to turn in. */
const wheelchairWidth = 110;

export type Place = Point & {
  section: string;
  row: number;
  grade: Grade;
  kind: 'seat' | Extract<Flag, 'wheelchair' | 'companion'>;
};

type Unit = { kind: Place['kind']; width: number };

/** The places of a tier, row by row and left to right. */
export function placeTier(tier: Tier, clear: readonly Zone[]): Place[] {
  const placed: Place[] = [];
  for (let row = 1; row <= tier.rows; row += 1) {
    for (const block of tier.sections.keys()) placed.push(...placeRow(tier, row, block));
  }
  const kept = placed.filter(
    (place) =>
      (tier.walls === undefined || contains(tier.walls, place)) &&
      !clear.some((zone) => contains(zone, place)),
  );
  return withoutSurplus(withoutLoneSeats(kept), tier);
}

function placeRow(tier: Tier, row: number, block: number): Place[] {
  const [section, left, right] = [tier.sections[block], tier.edges[block], tier.edges[block + 1]];
  if (section === undefined || left === undefined || right === undefined) {
    throw new RangeError(`${tier.sections.join(', ')}: sections and edges do not match`);
  }
  const offset = offsetOf(tier, row);
  const begin = lengthAt(tier.curve, radians(left), offset) + tier.aisle / 2;
  const end = lengthAt(tier.curve, radians(right), offset) - tier.aisle / 2;
  const units = fillRow(tier, section, row, end - begin);
  const total = units.reduce((sum, unit) => sum + unit.width, 0);
  const doorway = doorwayWidth(tier, section, row);
  const grade = gradeOf(tier, section, row);

  const places: Place[] = [];
  let position = -total / 2;
  for (const { kind, width } of units) {
    const fromMiddle = position + width / 2;
    position += width;
    if (Math.abs(fromMiddle) < doorway / 2) continue;
    const angle = angleAt(tier.curve, (begin + end) / 2 + fromMiddle, offset);
    const { x, y } = pointAt(tier.curve, angle, offset);
    places.push({ section, row, grade, kind, x: Math.round(x), y: Math.round(y) });
  }
  return places;
}

function offsetOf(tier: Tier, row: number): number {
  const walkways = (tier.walkways ?? []).filter(({ afterRow }) => afterRow < row);
  return walkways.reduce((offset, { depth }) => offset + depth, (row - 1) * tier.rowPitch);
}

function fillRow(tier: Tier, section: string, row: number, room: number): Unit[] {
  const pairs = tier.bays?.find((bay) => bay.section === section && bay.row === row)?.pairsPerEnd ?? 0;
  const seat: Unit = { kind: 'seat', width: tier.seatPitch };
  const pair: Unit[] = [
    { kind: 'wheelchair', width: wheelchairWidth },
    { kind: 'companion', width: tier.seatPitch },
  ];
  const end = Array.from({ length: pairs }, () => pair).flat();
  const fitting = (room - 2 * pairs * (wheelchairWidth + tier.seatPitch)) / tier.seatPitch;
  // Odd and even rows by turns, all centred: everyone looks between two heads.
  const odd = row % 2;
  const count = 2 * Math.max(0, Math.round((fitting - odd) / 2)) + odd;
  return [...end, ...Array.from({ length: count }, () => seat), ...end.toReversed()];
}

function doorwayWidth(tier: Tier, section: string, row: number): number {
  const doorway = tier.doorways?.find(
    ({ rows: [first, last], sections }) =>
      row >= first && row <= last && (sections === undefined || sections.includes(section)),
  );
  return doorway?.width ?? 0;
}

function gradeOf(tier: Tier, section: string, row: number): Grade {
  const rule = tier.grades.find(
    ({ sections, rows }) =>
      (sections === undefined || sections.includes(section)) &&
      (rows === undefined || (row >= rows[0] && row <= rows[1])),
  );
  if (rule === undefined) throw new RangeError(`${section} row ${row} has no grade`);
  return rule.grade;
}

/** Nobody sits alone in the corner that a wall leaves of a row. */
function withoutLoneSeats(places: readonly Place[]): Place[] {
  const lineOf = ({ section, row }: Place): string => `${section}/${row}`;
  const lines = Map.groupBy(places, lineOf);
  return places.filter((place) => (lines.get(lineOf(place))?.length ?? 0) > 1);
}

function withoutSurplus(places: readonly Place[], tier: Tier): Place[] {
  const lastRow = places.filter(({ row, kind }) => row === tier.rows && kind === 'seat');
  const surplus = places.length - tier.seats;
  if (surplus < 0 || surplus > lastRow.length / 2) {
    throw new RangeError(`${tier.sections.join(', ')}: ${places.length} places fit, ${tier.seats} asked for`);
  }
  const leftOut = new Set([
    ...lastRow.slice(0, Math.ceil(surplus / 2)),
    ...lastRow.slice(lastRow.length - Math.floor(surplus / 2)),
  ]);
  return places.filter((place) => !leftOut.has(place));
}
