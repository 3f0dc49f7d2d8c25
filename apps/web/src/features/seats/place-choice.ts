import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';

type Pools = SeatStatus['pools'];
/** How many of each ticket type, by its id. */
export type PlaceChoice = ReadonlyMap<string, number>;

/** The choice as far as places and the limit allow. */
export function withinStock(wanted: PlaceChoice, pools: Pools, limit: number): PlaceChoice {
  let allowed = limit;
  return new Map(
    pools.map(({ ticketTypeId, left }) => {
      const quantity = Math.max(0, Math.min(wanted.get(ticketTypeId) ?? 0, left, allowed));
      allowed -= quantity;
      return [ticketTypeId, quantity] as const;
    }),
  );
}

/** The choice as a reservation asks for it. */
export function placesItems(choice: PlaceChoice): { ticketTypeId: string; quantity: number }[] {
  return [...choice]
    .filter(([, quantity]) => quantity > 0)
    .map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

/** What the choice costs, in won. */
export function placesAmount(choice: PlaceChoice, pools: Pools): number {
  return pools.reduce((sum, { ticketTypeId, price }) => sum + price * (choice.get(ticketTypeId) ?? 0), 0);
}
