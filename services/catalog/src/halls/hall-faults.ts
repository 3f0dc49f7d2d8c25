import type { LineNote } from '@urr/contracts/catalog-shapes.ts';
import type { BilingualText } from '@urr/contracts/problem-definition.ts';

/** Faults listed by line; the rest is only counted. */
const listedNotes = 100;

/** Collects what is wrong with a file, all counted, the first hundred kept. */
export class LineNotes {
  readonly listed: LineNote[] = [];
  count = 0;

  add(line: number, column: string | null, message: BilingualText): void {
    this.count += 1;
    if (this.listed.length < listedNotes) this.listed.push({ line, column, message });
  }
}

/** Shows a value in a message: short, quoted, without control characters. */
export function shown(value: string): string {
  const visible = value.replace(/[\p{Cc}\p{Cs}]/gu, '\u{fffd}');
  return `"${visible.length > 40 ? `${visible.slice(0, 40)}…` : visible}"`;
}

export const hallFaults = {
  emptyFile: { ko: '파일이 비어 있습니다.', en: 'The file is empty.' },
  noSeats: { ko: '좌석이 한 줄도 없습니다.', en: 'The file has no places.' },
  tooManySeats: (most: number) => ({
    ko: `좌석은 ${most.toLocaleString('en')}석까지 받습니다.`,
    en: `A hall has at most ${most.toLocaleString('en')} places.`,
  }),
  header: (expected: string) => ({
    ko: `첫 줄은 ${expected} 이어야 합니다.`,
    en: `The first line must be ${expected}.`,
  }),
  repeatedHeader: (column: string) => ({
    ko: `첫 줄에 ${shown(column)} 열이 두 번 있습니다.`,
    en: `The first line names the column ${shown(column)} twice.`,
  }),
  columnCount: (given: number, expected: number) => ({
    ko: `${expected}개 열이 있어야 하는데 ${given}개입니다.`,
    en: `The line has ${given} columns instead of ${expected}.`,
  }),
  openQuote: { ko: '따옴표가 닫히지 않았습니다.', en: 'A quote is not closed.' },
  strayQuote: {
    ko: '따옴표가 잘못된 곳에 있습니다.',
    en: 'A quote stands where none may be; double it inside a quoted value.',
  },
  longLine: {
    ko: '4,096바이트보다 긴 줄이거나 따옴표가 닫히지 않았습니다.',
    en: 'The line is longer than 4,096 bytes, or a quote is not closed.',
  },
  notCsv: { ko: 'CSV로 읽을 수 없습니다.', en: 'The line is not valid CSV.' },
  emptyLabel: { ko: '값이 비어 있습니다.', en: 'The value is empty.' },
  longLabel: (most: number) => ({
    ko: `${most}자보다 깁니다.`,
    en: `The value is longer than ${most} characters.`,
  }),
  unprintable: {
    ko: '인쇄할 수 없는 글자(제어 문자, 깨진 UTF-8)가 있습니다.',
    en: 'The value has characters that cannot be printed (control characters or broken UTF-8).',
  },
  unknownGrade: (value: string, grades: readonly string[]) => ({
    ko: `${shown(value)} 등급은 없습니다. ${grades.join(', ')} 중에서 쓰세요.`,
    en: `There is no grade ${shown(value)}; use ${grades.join(', ')}.`,
  }),
  unknownFlag: (value: string) => ({
    ko: `${shown(value)} 표시는 없습니다.`,
    en: `There is no flag ${shown(value)}.`,
  }),
  repeatedFlag: (value: string) => ({
    ko: `${shown(value)} 표시가 두 번 있습니다.`,
    en: `The flag ${shown(value)} stands twice.`,
  }),
  notANumber: (value: string) => ({
    ko: `${shown(value)}은(는) 소수 한 자리까지의 수(센티미터)가 아닙니다.`,
    en: `${shown(value)} is not a number of centimetres with at most one decimal.`,
  }),
  repeatedSeat: (firstLine: number) => ({
    ko: `${firstLine}번째 줄과 같은 자리입니다.`,
    en: `The same place stands in line ${firstLine}.`,
  }),
  tooClose: (otherLine: number, least: number) => ({
    ko: `${otherLine}번째 줄의 자리와 ${least} cm보다 가깝습니다.`,
    en: `The place is closer than ${least} cm to the one in line ${otherLine}.`,
  }),
  lonelyCompanion: {
    ko: '같은 열에 휠체어석이 없는 동반석입니다.',
    en: 'A companion place without a wheelchair place in its row.',
  },
} as const;
