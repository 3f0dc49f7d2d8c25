/** Whether what is shown is what is: `late` while an answer is overdue, `lost` once asking failed. */
export type Freshness = 'live' | 'late' | 'lost';

/** An answer of every second is late after three; of a slower one, after two of its turns. Milliseconds. */
export function freshnessOf(
  read: { readonly updatedAtMs: number; readonly isFailing: boolean; readonly everyMs: number },
  nowMs: number,
): Freshness {
  const isOverdue = nowMs - read.updatedAtMs > Math.max(3_000, read.everyMs * 2);
  if (read.isFailing) return isOverdue ? 'lost' : 'late';
  return isOverdue ? 'late' : 'live';
}
