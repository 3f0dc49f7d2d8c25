import type { Bilingual } from '@urr/contracts/primitives.ts';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';

/** A hall's seats as they stood in one version; never changes. */
export interface SaleLayout {
  readonly layoutId: string;
  readonly version: number;
  readonly seats: readonly LayoutSeat[];
}

/** One pool of an event, without its counters. */
export interface SalePool {
  readonly ticketTypeId: string;
  readonly name: Bilingual;
  readonly grade: string;
  readonly quantity: number;
  readonly price: number;
}

/** What is known of an event between two pushes of its inventory. */
export interface Sale {
  readonly eventId: string;
  /** Account whose event it is. */
  readonly ownerId: string;
  readonly revision: number;
  readonly title: Bilingual;
  readonly venue: Bilingual;
  readonly startsAt: Date;
  readonly saleOpensAt: Date;
  readonly saleEndsAt: Date;
  readonly limitPerAccount: number;
  readonly cancelled: boolean;
  readonly layout: SaleLayout | undefined;
  /** Price by grade of the seats. */
  readonly prices: ReadonlyMap<string, number>;
  readonly pools: readonly SalePool[];
}
