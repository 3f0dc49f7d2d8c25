import type { BilingualText } from '@urr/contracts/problem-definition.ts';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { hallFaults } from './hall-faults.ts';

export type SeatFlag = LayoutSeat['flags'][number];

/** Columns of a hall file, in order. */
export const hallColumns = ['section', 'row', 'seat', 'grade', 'x', 'y', 'flags'] as const;

/** Grades of numbered seats, dearest first. */
export const seatGrades = ['VIP', 'R', 'S', 'A'] as const;

const seatFlags: ReadonlySet<string> = new Set<SeatFlag>([
  'wheelchair',
  'companion',
  'blocked',
  'restricted-view',
]);
const longestLabel = 40;
const centimetres = /^-?\d{1,6}(?:\.\d)?$/;

type Report = (column: string | null, message: BilingualText) => void;

/** Reads one line into a seat, or reports everything wrong with it and answers `undefined`. */
export function readSeatLine(record: readonly string[], report: Report): LayoutSeat | undefined {
  if (record.length !== hallColumns.length) {
    report(null, hallFaults.columnCount(record.length, hallColumns.length));
    return undefined;
  }
  const [section = '', row = '', seat = '', grade = '', x = '', y = '', flags = ''] = record;
  const read = {
    section: readLabel(section, 'section', report),
    row: readLabel(row, 'row', report),
    seat: readLabel(seat, 'seat', report),
    grade: readGrade(grade.trim(), report),
    x: readCentimetres(x.trim(), 'x', report),
    y: readCentimetres(y.trim(), 'y', report),
    flags: readFlags(flags.trim(), report),
  };
  return isComplete(read) ? read : undefined;
}

type ReadSeat = { readonly [Field in keyof LayoutSeat]: LayoutSeat[Field] | undefined };

function isComplete(read: ReadSeat): read is LayoutSeat {
  return Object.values(read).every((value) => value !== undefined);
}

function readLabel(value: string, column: string, report: Report): string | undefined {
  // One normal form, or two labels that look the same would be two seats.
  const label = value.trim().normalize('NFC');
  const fault = labelFault(label);
  if (fault === undefined) return label;
  report(column, fault);
  return undefined;
}

function labelFault(label: string): BilingualText | undefined {
  if (label === '') return hallFaults.emptyLabel;
  if (label.length > longestLabel) return hallFaults.longLabel(longestLabel);
  // U+FFFD is what a decoder leaves of bytes that are not UTF-8.
  return /[\p{Cc}\p{Cs}\u{fffd}]/u.test(label) ? hallFaults.unprintable : undefined;
}

function readGrade(value: string, report: Report): string | undefined {
  if (seatGrades.some((grade) => grade === value)) return value;
  report('grade', hallFaults.unknownGrade(value, seatGrades));
  return undefined;
}

function readCentimetres(value: string, column: string, report: Report): number | undefined {
  // Adding 0 turns -0 into 0.
  if (centimetres.test(value)) return Number(value) + 0;
  report(column, hallFaults.notANumber(value));
  return undefined;
}

function readFlags(value: string, report: Report): SeatFlag[] | undefined {
  const flags = value === '' ? [] : value.split('|').map((flag) => flag.trim());
  const unknown = flags.find((flag) => !seatFlags.has(flag));
  const repeated = flags.find((flag, index) => flags.indexOf(flag) !== index);
  if (unknown !== undefined) report('flags', hallFaults.unknownFlag(unknown));
  else if (repeated !== undefined) report('flags', hallFaults.repeatedFlag(repeated));
  else return flags as SeatFlag[];
  return undefined;
}
