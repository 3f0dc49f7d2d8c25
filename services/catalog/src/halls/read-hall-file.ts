import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { BilingualText } from '@urr/contracts/problem-definition.ts';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { CsvError, parse } from 'csv-parse';
import { hallFaults, LineNotes } from './hall-faults.ts';
import { type SeatFlag, readSeatLine, hallColumns } from './seat-line.ts';
import { leastSpacing, SeatSpacing } from './seat-spacing.ts';

/** Most places of a hall. */
export const mostSeats = 100_000;

/** A hall file as read; it is accepted when it has no errors. */
export interface HallFile {
  readonly seats: readonly LayoutSeat[];
  readonly errors: LineNotes;
  readonly warnings: LineNotes;
}

/** Reads a hall's CSV. Gives way to other work between chunks, so a large file does not hold the process up. */
export async function readHallFile(csv: string): Promise<HallFile> {
  const errors = new LineNotes();
  const warnings = new LineNotes();
  const hall = new HallReader(errors);
  try {
    await readLines(csv, hall);
  } catch (error) {
    if (error !== readEnough) {
      if (!(error instanceof CsvError)) throw error;
      // The parser names the line it stopped at; what it could not read began after the last line it did.
      errors.add(hall.lastLine + 1, null, csvFaults[error.code] ?? hallFaults.notCsv);
    }
  }
  hall.finish(warnings);
  return { seats: hall.seats, errors, warnings };
}

// Millions of short lines fit into a file, and each takes its time: nothing is read after the fault that decides.
const readEnough = new Error('the rest of the file is of no interest');

async function readLines(csv: string, hall: HallReader): Promise<void> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    // Bounds what an opening quote without an end can swallow. Bytes.
    max_record_size: 4096,
    // Taken here, not from the stream: a fault would swallow the good lines still in its buffer.
    on_record: (record: string[], { lines }) => {
      hall.take(record, lines);
      if (hall.isOver) throw readEnough;
      return null;
    },
  });
  await pipeline(chunksOf(csv), parser.resume());
}

const chunkLength = 64 * 1024;

async function* chunksOf(csv: string): AsyncGenerator<Buffer> {
  let start = 0;
  while (start < csv.length) {
    let end = Math.min(start + chunkLength, csv.length);
    // A pair of surrogates cut in two would arrive as two unreadable characters.
    if (end < csv.length && (csv.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    yield Buffer.from(csv.slice(start, end), 'utf8');
    await setImmediate();
    start = end;
  }
}

class HallReader {
  readonly seats: LayoutSeat[] = [];
  lastLine = 0;
  /** True when the rest of the file cannot change anything. */
  isOver = false;
  readonly #lines: number[] = [];
  readonly #errors: LineNotes;
  readonly #places = new Map<string, number>();
  readonly #spacing = new SeatSpacing();
  #hasHeader = false;
  #records = 0;

  constructor(errors: LineNotes) {
    this.#errors = errors;
  }

  take(record: readonly string[], line: number): void {
    this.lastLine = line;
    if (!this.#hasHeader) return this.#takeHeader(record, line);
    this.#records += 1;
    if (this.#records > mostSeats) {
      this.isOver = true;
      return this.#errors.add(line, null, hallFaults.tooManySeats(mostSeats));
    }
    const seat = readSeatLine(record, (column, message) => this.#errors.add(line, column, message));
    if (seat !== undefined) this.#takeSeat(seat, line);
  }

  #takeHeader(record: readonly string[], line: number): void {
    const names = record.map((name) => name.trim());
    if (names.join() === hallColumns.join()) {
      this.#hasHeader = true;
      return;
    }
    // Without its header the file cannot be told line by line.
    this.isOver = true;
    const repeated = hallColumns.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (repeated !== undefined) return this.#errors.add(line, repeated, hallFaults.repeatedHeader(repeated));
    this.#errors.add(line, null, hallFaults.header(hallColumns.join()));
  }

  #takeSeat(seat: LayoutSeat, line: number): void {
    const place = JSON.stringify([seat.section, seat.row, seat.seat]);
    const firstLine = this.#places.get(place);
    if (firstLine !== undefined) return this.#errors.add(line, 'seat', hallFaults.repeatedSeat(firstLine));
    this.#places.set(place, line);
    const closeLine = this.#spacing.place(seat.x, seat.y, line);
    if (closeLine !== undefined)
      return this.#errors.add(line, 'x', hallFaults.tooClose(closeLine, leastSpacing));
    this.seats.push(seat);
    this.#lines.push(line);
  }

  /** Checks what only the whole file shows. */
  finish(warnings: LineNotes): void {
    if (this.#errors.count > 0) return;
    if (!this.#hasHeader) return this.#errors.add(1, null, hallFaults.emptyFile);
    if (this.seats.length === 0) return this.#errors.add(1, null, hallFaults.noSeats);
    const rowsWith = (flag: SeatFlag) => this.seats.filter((seat) => seat.flags.includes(flag)).map(rowOf);
    const wheelchairRows = new Set(rowsWith('wheelchair'));
    this.seats.forEach((seat, index) => {
      if (seat.flags.includes('companion') && !wheelchairRows.has(rowOf(seat)))
        warnings.add(this.#lines[index] ?? 0, 'flags', hallFaults.lonelyCompanion);
    });
  }
}

function rowOf(seat: LayoutSeat): string {
  return JSON.stringify([seat.section, seat.row]);
}

const csvFaults: Readonly<Record<string, BilingualText>> = {
  CSV_QUOTE_NOT_CLOSED: hallFaults.openQuote,
  CSV_MAX_RECORD_SIZE: hallFaults.longLine,
  INVALID_OPENING_QUOTE: hallFaults.strayQuote,
  CSV_INVALID_CLOSING_QUOTE: hallFaults.strayQuote,
};
