/** A place as a file draws it. Centimetres; `line` counts from 1. */
export interface PreviewSeat {
  readonly line: number;
  readonly section: string;
  readonly grade: string;
  readonly x: number;
  readonly y: number;
  readonly isBlocked: boolean;
}

/** Places of one section: those that are sold by grade, and those that never are. */
interface SectionCount {
  readonly section: string;
  readonly seats: number;
  readonly blocked: number;
  readonly byGrade: Readonly<Record<string, number>>;
}

/** What can be drawn of a file before the service judges it. */
export interface HallPreview {
  readonly seats: readonly PreviewSeat[];
  /** Dearest first as far as known, then by name. */
  readonly grades: readonly string[];
  readonly sections: readonly SectionCount[];
  /** Lines that name no place that could be drawn. */
  readonly unread: number;
}

const columns = 7;
const knownGrades = ['VIP', 'R', 'S', 'A'];

/** Draws what it can from a hall's CSV and skips the rest: faults are the service's to name. */
export function previewHall(csv: string): HallPreview {
  const seats: PreviewSeat[] = [];
  let unread = 0;
  linesOf(csv).forEach((content, index) => {
    if (index === 0 || content.trim() === '') return;
    const seat = seatOf(content, index + 1);
    if (seat === undefined) unread += 1;
    else seats.push(seat);
  });
  return previewOf(seats, unread);
}

/** Counts what is drawn. `unread`: lines that name no place. */
export function previewOf(seats: readonly PreviewSeat[], unread: number): HallPreview {
  const grades = gradesInOrder(seats.map(({ grade }) => grade));
  return { seats, grades, sections: countSections(seats), unread };
}

/** Each grade once, the dearest first as far as known, as the map of fans has them: their place decides how they look. */
export function gradesInOrder(grades: readonly string[]): string[] {
  return [...new Set(grades)].toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

/** The lines of a text, whatever ends them. A quoted value with a line break in it counts as its lines do. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

/** The values of one CSV line; quotes may enclose commas and, doubled, quotes. */
export function valuesOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  // With a comma before the first value, too, every value is a comma and what follows it.
  const values = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...values].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

function seatOf(content: string, line: number): PreviewSeat | undefined {
  const values = valuesOf(content);
  const [section = '', , , grade = '', x = '', y = '', flags = ''] = values.map((value) => value.trim());
  if (values.length !== columns || section === '' || grade === '' || !isNumber(x) || !isNumber(y))
    return undefined;
  return {
    line,
    section,
    grade,
    x: Number(x),
    y: Number(y),
    isBlocked: flags.split('|').includes('blocked'),
  };
}

function isNumber(text: string): boolean {
  return /^-?\d{1,6}(?:\.\d+)?$/.test(text);
}

function countSections(seats: readonly PreviewSeat[]): SectionCount[] {
  const counts = new Map<string, { seats: number; blocked: number; byGrade: Record<string, number> }>();
  for (const { section, grade, isBlocked } of seats) {
    const count = counts.get(section) ?? { seats: 0, blocked: 0, byGrade: {} };
    count.seats += 1;
    if (isBlocked) count.blocked += 1;
    else count.byGrade[grade] = (count.byGrade[grade] ?? 0) + 1;
    counts.set(section, count);
  }
  return [...counts].map(([section, count]) => ({ section, ...count }));
}

function rank(grade: string): number {
  const place = knownGrades.indexOf(grade);
  return place < 0 ? knownGrades.length : place;
}
