import type { Sale } from './sale.ts';

const hourMs = 3_600_000;

/**
 * Until when a buyer may ask for the money back, as reservations and tickets tell it; what decides is `isPastCutoff`. A
 * cancelled show names none: it gives everything back by itself.
 */
export function refundDeadline(
  sale: Pick<Sale, 'startsAt' | 'cancelled'> | undefined,
  cutoffHours: number,
): { refundableUntil?: string } {
  if (sale === undefined || sale.cancelled) return {};
  return { refundableUntil: new Date(sale.startsAt.getTime() - cutoffHours * hourMs).toISOString() };
}
