import { type SeatChange, type SeatStatus, packedSeatState } from '@urr/contracts/ticket-reads.ts';
import { type Hall, sectionIndexOf } from './hall.ts';

/** States of a seat, as the packed status numbers them. */
export const seatState = { free: 0, held: 1, sold: 2, blocked: 3 } as const;

/** A grade on sale: index in the hall's `grades`, price in won, how many there are and are left. */
export interface GradeStock {
  readonly index: number;
  readonly grade: string;
  readonly price: number;
  readonly total: number;
  readonly left: number;
}

/** What is free in a hall now. One for an event; it changes in place. */
export class SeatBoard {
  readonly #hall: Hall;
  readonly state: Uint8Array;
  /** Free seats by section and grade: `section * grades + grade`. */
  readonly #left: Int32Array;
  readonly #sectionOf: Uint16Array;
  grades: readonly GradeStock[] = [];
  version = '';

  constructor(hall: Hall) {
    this.#hall = hall;
    this.state = new Uint8Array(hall.seatCount).fill(seatState.blocked);
    this.#left = new Int32Array(hall.sections.length * hall.grades.length);
    this.#sectionOf = Uint16Array.from({ length: hall.seatCount }, (_, seatId) =>
      sectionIndexOf(hall, seatId),
    );
  }

  /** Takes a whole status; answers the seats that are another state than before. */
  takeStatus(status: SeatStatus): number[] {
    const bytes = unpackBase64(status.seats);
    const changed: number[] = [];
    for (let seatId = 0; seatId < this.state.length; seatId += 1)
      if (this.#set(seatId, packedSeatState(bytes, seatId))) changed.push(seatId);
    this.version = status.version;
    this.grades = status.grades.map((stock) => ({ ...stock, index: this.#hall.grades.indexOf(stock.grade) }));
    return changed;
  }

  /** Takes one change of the stream; answers the seats that are another state than before. */
  takeChange(change: SeatChange): number[] {
    const changed = [
      ...this.setStates(change.free, seatState.free),
      ...this.setStates(change.held, seatState.held),
      ...this.setStates(change.sold, seatState.sold),
      ...this.setStates(change.blocked, seatState.blocked),
    ];
    this.version = change.version;
    this.grades = this.grades.map((stock, index) => ({
      ...stock,
      left: change.left.grades[index] ?? stock.left,
    }));
    return changed;
  }

  /** Notes what a refusal told before the stream does; answers the seats that are another state than before. */
  setStates(seatIds: readonly number[] | undefined, state: number): number[] {
    return (seatIds ?? []).filter((seatId) => seatId < this.state.length && this.#set(seatId, state));
  }

  isFree(seatId: number): boolean {
    return this.state[seatId] === seatState.free;
  }

  /** Free seats of a section; of one grade when it is named by its index. */
  leftIn(section: number, grade?: number): number {
    const width = this.#hall.grades.length;
    if (grade !== undefined) return this.#left[section * width + grade] ?? 0;
    let left = 0;
    for (let index = 0; index < width; index += 1) left += this.#left[section * width + index] ?? 0;
    return left;
  }

  stockOf(grade: number): GradeStock | undefined {
    return this.grades.find((stock) => stock.index === grade);
  }

  priceOf(seatId: number): number {
    return this.stockOf(this.#hall.grade[seatId] ?? -1)?.price ?? 0;
  }

  #set(seatId: number, state: number): boolean {
    const before = this.state[seatId];
    if (before === state) return false;
    const slot = (this.#sectionOf[seatId] ?? 0) * this.#hall.grades.length + (this.#hall.grade[seatId] ?? 0);
    const step = state === seatState.free ? 1 : before === seatState.free ? -1 : 0;
    this.#left[slot] = (this.#left[slot] ?? 0) + step;
    this.state[seatId] = state;
    return true;
  }
}

/** Bytes of a base64 text. */
function unpackBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
