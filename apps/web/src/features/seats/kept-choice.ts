/** Keeps what was chosen while its reader goes to the line and comes back; it holds nothing. */
export function keepSeats(eventId: string, version: string, seatIds: readonly number[]): void {
  try {
    if (seatIds.length === 0) sessionStorage.removeItem(keyOf(eventId));
    else sessionStorage.setItem(keyOf(eventId), JSON.stringify({ version, seatIds }));
  } catch {
    // Storage may be full or forbidden; the choice is only a convenience.
  }
}

/** What was kept for this version of the hall. */
export function keptSeats(eventId: string, version: string): number[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? 'null') as unknown;
    return keptSeatsOf(kept, version);
  } catch {
    return [];
  }
}

/** Seat ids of a kept choice; none when it is about another hall or was tampered with. */
export function keptSeatsOf(kept: unknown, version: string): number[] {
  if (typeof kept !== 'object' || kept === null || !('version' in kept) || kept.version !== version)
    return [];
  const seatIds = 'seatIds' in kept && Array.isArray(kept.seatIds) ? (kept.seatIds as unknown[]) : [];
  return seatIds.filter((seatId): seatId is number => Number.isInteger(seatId) && Number(seatId) >= 0);
}

function keyOf(eventId: string): string {
  return `urr.seats.${eventId}`;
}
