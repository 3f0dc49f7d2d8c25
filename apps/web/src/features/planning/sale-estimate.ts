/** How a sale is paced, and what is assumed of its buyers. */
export interface SalePace {
  readonly places: number;
  readonly ratePerSecond: number;
  readonly capacity: number;
}

/** What may be expected of a sale with enough buyers. */
export interface SaleEstimate {
  readonly seconds: number;
  /** What holds the sale back: admissions a second, or buyers inside at once. */
  readonly bound: 'rate' | 'capacity';
  readonly placesPerMinute: number;
}

/** Assumed of a buyer; said beside every estimate. */
export const assumedBuyer = { places: 2, seconds: 180 } as const;

/** How long selling everything takes when there are always buyers; `undefined` when a figure is missing. */
export function estimateSale({ places, ratePerSecond, capacity }: SalePace): SaleEstimate | undefined {
  if (!(places > 0 && ratePerSecond > 0 && capacity > 0)) return undefined;
  // Little's law: as many leave a second as fit inside, divided by how long one stays.
  const throughCapacity = capacity / assumedBuyer.seconds;
  const buyersPerSecond = Math.min(ratePerSecond, throughCapacity);
  // The last buyer who is let in still takes the time it takes to buy.
  const seconds = Math.ceil(places / assumedBuyer.places) / buyersPerSecond + assumedBuyer.seconds;
  return {
    seconds,
    bound: ratePerSecond <= throughCapacity ? 'rate' : 'capacity',
    placesPerMinute: Math.round(buyersPerSecond * assumedBuyer.places * 60),
  };
}

/** Seconds until as many are inside as may be, from an empty start. */
export function fillSeconds({
  ratePerSecond,
  capacity,
}: Pick<SalePace, 'ratePerSecond' | 'capacity'>): number {
  return Math.ceil(capacity / Math.max(1, ratePerSecond));
}
