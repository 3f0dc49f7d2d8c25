import type { Kysely } from 'kysely';
import type { LiveSales } from '../live/live-sales.ts';
import type { Sale } from '../live/sale.ts';
import { readLayout, readSale } from '../live/store.ts';
import type { TicketTables } from '../tables.ts';

/** Sales kept for their labels; a hall of 15,000 seats takes 4 MB. */
const mostKept = 8;

/**
 * Titles and seat labels of tickets. A ticket is looked at long after its sale, which is no reason to follow the seats of
 * that event again: what is on sale comes from live memory, the rest from a few sales kept here.
 */
export class SaleMemory {
  readonly #parts: { readonly db: Kysely<TicketTables>; readonly live: LiveSales };
  readonly #kept = new Map<string, Promise<Sale | undefined>>();

  constructor(parts: { readonly db: Kysely<TicketTables>; readonly live: LiveSales }) {
    this.#parts = parts;
  }

  /** The sale as of a revision of its inventory. */
  async read(eventId: string, revision: number): Promise<Sale | undefined> {
    const live = this.#parts.live.peek(eventId);
    if (live?.sale.revision === revision) return live.sale;
    const key = `${eventId}/${revision}`;
    let sale = this.#kept.get(key);
    // Put back at the end: the one not asked for longest is first.
    this.#kept.delete(key);
    if (sale === undefined) {
      sale = this.#load(eventId);
      sale.catch(() => this.#kept.delete(key));
    }
    this.#kept.set(key, sale);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > mostKept) this.#kept.delete(oldest);
    return sale;
  }

  async #load(eventId: string): Promise<Sale | undefined> {
    const found = await readSale(this.#parts.db, eventId);
    if (found === undefined) return undefined;
    const { layoutKey } = found;
    const layout = layoutKey && (await readLayout(this.#parts.db, layoutKey.layoutId, layoutKey.version));
    return { ...found.sale, layout };
  }
}
