import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { TakenSeat } from './seat-sale.ts';

/** A number a refusal carries. */
export function numberIn({ data }: ProblemDocument, name: string): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'number' ? value : undefined;
}

/** The seats `seats-taken` lists; none for any other refusal. */
export function takenSeatsIn({ code, data }: ProblemDocument): TakenSeat[] {
  if (code !== 'seats-taken' || typeof data !== 'object' || data === null || !('seats' in data)) return [];
  return Array.isArray(data.seats) ? (data.seats as TakenSeat[]) : [];
}

/** What `places-taken` says is left of each pool, by ticket type. */
export function poolsLeftIn({ code, data }: ProblemDocument): ReadonlyMap<string, number> {
  if (code !== 'places-taken' || typeof data !== 'object' || data === null || !('pools' in data))
    return new Map();
  const pools = Array.isArray(data.pools) ? (data.pools as { ticketTypeId: string; left: number }[]) : [];
  return new Map(pools.map(({ ticketTypeId, left }) => [ticketTypeId, left]));
}
