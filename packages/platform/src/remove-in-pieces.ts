/** Removes at most `limit` rows that nobody needs and answers how many it removed. */
export type Removal = (limit: number) => Promise<number>;

const pieceSize = 1_000;

/** Removes all there is, however much: no statement comes near its time limit, and none holds many rows locked. */
export async function removeInPieces(removals: readonly Removal[], stopping: AbortSignal): Promise<void> {
  for (const remove of removals) {
    let removed = pieceSize;
    while (removed === pieceSize && !stopping.aborted) removed = await remove(pieceSize);
  }
}
