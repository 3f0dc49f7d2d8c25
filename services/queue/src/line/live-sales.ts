import { drawKey, drawOrder, type DrawOrder } from '../draw/permutation.ts';
import { bearableNow } from './bearable-rate.ts';
import { createLineHistory, type LineHistory, type LineMoment } from './line-history.ts';
import type { Sale } from './line-store.ts';
import { createSpeedometer, type Speedometer } from './speedometer.ts';

/** Places of one grade that are left. */
export interface GradeLeft {
  readonly grade: string;
  readonly left: number;
}

/** A sale as this replica last saw it. */
export interface LiveSale {
  readonly sale: Sale;
  /** Admissions per second checkout can bear; `null` when never measured. */
  readonly bearable: number | null;
  /** Order of the lobby, once drawn. */
  readonly order: DrawOrder | undefined;
  /** People called per second, lately. */
  readonly speed: number;
  readonly stock: readonly GradeLeft[];
}

/** Sales in memory: what is answered without asking the store, at most one tick old. */
export class LiveSales {
  readonly #sales = new Map<string, LiveSale>();
  readonly #stock = new Map<string, readonly GradeLeft[]>();
  readonly #speedometers = new Map<string, Speedometer>();
  readonly #histories = new Map<string, LineHistory>();
  readonly #orders = new Map<string, { root: Buffer; order: DrawOrder }>();

  find(eventId: string): LiveSale | undefined {
    return this.#sales.get(eventId);
  }

  all(): IterableIterator<LiveSale> {
    return this.#sales.values();
  }

  /** Takes a fresh look at all sales; the ones that are missing are forgotten. */
  replace(sales: readonly Sale[]): void {
    const known = new Set(sales.map((sale) => sale.eventId));
    for (const eventId of this.#sales.keys()) if (!known.has(eventId)) this.forget(eventId);
    for (const sale of sales) {
      const isServing = sale.phase === 'open' || sale.phase === 'draining';
      this.#speedometerOf(sale.eventId).record(sale.serving, isServing && sale.issued > sale.serving);
      if (hasLine(sale)) this.#historyOf(sale.eventId).record(sale);
      this.#sales.set(sale.eventId, this.describe(sale));
    }
  }

  forget(eventId: string): void {
    this.#sales.delete(eventId);
    this.#stock.delete(eventId);
    this.#orders.delete(eventId);
    this.#speedometers.delete(eventId);
    this.#histories.delete(eventId);
  }

  /** The last ten minutes of a line, as far as this replica saw them. */
  history(eventId: string): readonly LineMoment[] {
    return this.#histories.get(eventId)?.moments() ?? [];
  }

  /** What a join just saw: never older than what is remembered. */
  observe(eventId: string, seen: Pick<Sale, 'issued' | 'serving' | 'lobbySize'>): void {
    const live = this.#sales.get(eventId);
    if (live === undefined) return;
    const issued = Math.max(live.sale.issued, seen.issued);
    const serving = Math.max(live.sale.serving, seen.serving);
    const lobbySize = live.sale.lobbySize ?? seen.lobbySize;
    this.#sales.set(eventId, { ...live, sale: { ...live.sale, issued, serving, lobbySize } });
  }

  setStock(eventId: string, stock: readonly GradeLeft[]): void {
    this.#stock.set(eventId, stock);
  }

  /** A sale with what this replica derives from it. */
  describe(sale: Sale): LiveSale {
    const bearable = bearableNow(sale.checkout, sale);
    const pace = Math.min(sale.ratePerSecond, bearable ?? sale.ratePerSecond);
    const measured = this.#speedometers.get(sale.eventId)?.perSecond();
    const slowest = sale.capacity / sale.slotSeconds;
    return {
      sale,
      bearable,
      order: this.#orderOf(sale),
      speed: measured === undefined ? pace : Math.max(measured, Math.min(slowest, pace)),
      stock: this.#stock.get(sale.eventId) ?? [],
    };
  }

  #orderOf({ eventId, secret, rosterRoot, lobbySize, drawnAt }: Sale): DrawOrder | undefined {
    if (rosterRoot === null || lobbySize === null || drawnAt === null) return undefined;
    const known = this.#orders.get(eventId);
    if (known?.root.equals(rosterRoot) === true) return known.order;
    const order = drawOrder(drawKey(secret, rosterRoot), lobbySize);
    this.#orders.set(eventId, { root: rosterRoot, order });
    return order;
  }

  #historyOf(eventId: string): LineHistory {
    const known = this.#histories.get(eventId) ?? createLineHistory();
    this.#histories.set(eventId, known);
    return known;
  }

  #speedometerOf(eventId: string): Speedometer {
    const known = this.#speedometers.get(eventId) ?? createSpeedometer(() => performance.now());
    this.#speedometers.set(eventId, known);
    return known;
  }
}

// Most sales are far ahead: nothing moves in them, and nothing is kept.
function hasLine({ phase }: Sale): boolean {
  return phase !== 'scheduled' && phase !== 'ended' && phase !== 'cancelled';
}
