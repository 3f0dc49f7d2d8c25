import type { SeatChange, SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { type Hall } from './hall.ts';
import { nearestFreeSeat } from './nearest-free.ts';
import { seatState, SeatBoard } from './seat-board.ts';
import { SeatGrid } from './seat-grid.ts';

/** A chosen seat that somebody else got, and the nearest free one of its grade. */
export interface LostSeat {
  readonly seatId: number;
  readonly replacement: number | undefined;
}

/** What just happened to the choice, for ears. */
export type Happening =
  | { readonly kind: 'picked' | 'dropped' | 'lost' | 'taken'; readonly seatId: number }
  | { readonly kind: 'limit' };

/** What a page shows of the choice; a new one for every change. */
export interface Choice {
  readonly selection: readonly number[];
  readonly lost: readonly LostSeat[];
  /** Index of the only grade looked for. */
  readonly grade: number | undefined;
  readonly happening: Happening | undefined;
  /** Counts happenings: the same may happen twice. */
  readonly happenings: number;
  /** Counts changes of the board. */
  readonly boardRevision: number;
}

/** Refusal of one seat, as `seats-taken` lists it. */
export interface TakenSeat {
  readonly seatId: number;
  readonly reason: 'held' | 'sold' | 'blocked' | 'contended';
}

/** A hall on sale and what one reader chooses of it. */
export class SeatSale {
  readonly hall: Hall;
  readonly board: SeatBoard;
  readonly grid: SeatGrid;
  readonly limit: number;
  #choice: Choice = {
    selection: [],
    lost: [],
    grade: undefined,
    happening: undefined,
    happenings: 0,
    boardRevision: 0,
  };
  /** While a reservation is under way, the reader's own hold looks like somebody else's. */
  #isReserving = false;
  readonly #listeners = new Set<() => void>();
  readonly #painters = new Set<(seatIds: readonly number[]) => void>();

  constructor(hall: Hall, limit: number) {
    this.hall = hall;
    this.limit = limit;
    this.board = new SeatBoard(hall);
    this.grid = new SeatGrid(hall.x, hall.y);
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly choice = (): Choice => this.#choice;

  /** Tells which seats look different now. */
  onRepaint(paint: (seatIds: readonly number[]) => void): () => void {
    this.#painters.add(paint);
    return () => this.#painters.delete(paint);
  }

  takeStatus(status: SeatStatus): void {
    this.#settle(this.board.takeStatus(status));
  }

  takeChange(change: SeatChange): void {
    this.#settle(this.board.takeChange(change));
  }

  /** Takes a seat into the choice or out of it. */
  toggle(seatId: number): void {
    const { selection } = this.#choice;
    if (selection.includes(seatId)) this.drop(seatId);
    else if (!this.board.isFree(seatId)) this.#change({ happening: { kind: 'taken', seatId } });
    else if (selection.length >= this.limit) this.#change({ happening: { kind: 'limit' } });
    else this.#change({ selection: [...selection, seatId], happening: { kind: 'picked', seatId } });
  }

  drop(seatId: number): void {
    const selection = this.#choice.selection.filter((chosen) => chosen !== seatId);
    this.#change({ selection, happening: { kind: 'dropped', seatId } });
  }

  /** Brings back what was chosen before the page was left; what went meanwhile stays out. */
  restore(seatIds: readonly number[]): void {
    const selection = seatIds.filter((seatId) => this.board.isFree(seatId)).slice(0, this.limit);
    this.#change({ selection });
  }

  clear(): void {
    this.#change({ selection: [], lost: [] });
  }

  lookFor(grade: number | undefined): void {
    this.#change({ grade });
  }

  /** Takes the offered seat for a lost one; only says so when that went as well. */
  replace(seatId: number): void {
    const lost = this.#choice.lost.find((each) => each.seatId === seatId);
    this.dismiss(seatId);
    if (lost?.replacement !== undefined) this.toggle(lost.replacement);
  }

  dismiss(seatId: number): void {
    this.#change({ lost: this.#choice.lost.filter((each) => each.seatId !== seatId) });
  }

  beginReserving(): void {
    this.#isReserving = true;
  }

  /** Notes what came of a reservation; refused seats leave the choice. */
  endReserving(taken: readonly TakenSeat[] = []): void {
    this.#isReserving = false;
    const changed = taken.flatMap(({ seatId, reason }) =>
      this.board.setStates(
        [seatId],
        reason === 'sold' || reason === 'blocked' ? seatState[reason] : seatState.held,
      ),
    );
    this.#settle(changed);
  }

  #settle(changed: readonly number[]): void {
    const lostNow = this.#isReserving
      ? []
      : this.#choice.selection.filter((seatId) => !this.board.isFree(seatId));
    const selection = this.#choice.selection.filter((seatId) => !lostNow.includes(seatId));
    const lostIds = [...this.#choice.lost.map((each) => each.seatId), ...lostNow];
    const last = lostNow.at(-1);
    this.#change({
      selection,
      lost: this.#withReplacements(lostIds, selection),
      boardRevision: this.#choice.boardRevision + 1,
      ...(last === undefined ? {} : { happening: { kind: 'lost', seatId: last } }),
    });
    if (changed.length > 0) for (const paint of this.#painters) paint(changed);
  }

  /** No seat is offered twice, and none that is chosen. */
  #withReplacements(lostIds: readonly number[], selection: readonly number[]): LostSeat[] {
    const excluded = new Set(selection);
    const before = new Map(this.#choice.lost.map((each) => [each.seatId, each.replacement]));
    return lostIds.map((seatId) => {
      const offered = before.get(seatId);
      const isStillGood = offered !== undefined && this.board.isFree(offered) && !excluded.has(offered);
      const replacement = isStillGood ? offered : nearestFreeSeat(this, seatId, excluded);
      if (replacement !== undefined) excluded.add(replacement);
      return { seatId, replacement };
    });
  }

  #change(part: Partial<Choice>): void {
    const happenings = this.#choice.happenings + (part.happening === undefined ? 0 : 1);
    this.#choice = { ...this.#choice, ...part, happenings };
    for (const listener of this.#listeners) listener();
  }
}
