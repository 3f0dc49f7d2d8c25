/** How many runs there are of each length; a run's length is its index. */
export type LengthCounts = number[];

/** Counts runs by length. */
export function countLengths(lengths: readonly number[], longest: number): LengthCounts {
  const counts = Array.from({ length: longest + 1 }, () => 0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  return counts;
}

/** Into how few runs so many people fit; Infinity when they do not fit at all. */
export function fewestGroups(counts: LengthCounts, people: number): number {
  let groups = 0;
  let left = people;
  for (let length = counts.length - 1; length > 0 && left > 0; length -= 1) {
    const used = Math.min(counts[length] ?? 0, Math.ceil(left / length));
    groups += used;
    left -= used * length;
  }
  return left > 0 ? Infinity : groups;
}

/** The shortest run that may be used next, if the others are to fit into the longest `groups - 1`. */
export function shortestUseful(counts: LengthCounts, people: number, groups: number): number {
  let places = groups - 1;
  let left = people;
  for (let length = counts.length - 1; length > 0 && places > 0; length -= 1) {
    const used = Math.min(counts[length] ?? 0, places);
    places -= used;
    left -= used * length;
  }
  return Math.max(1, left);
}
