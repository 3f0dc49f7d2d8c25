import { bestFirst } from './best-window.ts';
import { countLengths, fewestGroups, shortestUseful } from './fewest-groups.ts';
import { type FreeRuns, someRuns } from './free-runs.ts';
import { costAt, seatsAt, type SeatLine } from './seat-line.ts';
import { Shortlist } from './shortlist.ts';

/** Runs all shorter than the party, by their middles. */
interface Field {
  readonly line: SeatLine;
  readonly runs: FreeRuns;
  readonly people: number;
  readonly groups: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Gathering {
  readonly seatIds: readonly number[];
  readonly cost: number;
}

// So many places of each length are tried as the middle of a party.
const centresPerLength = 4;
// So much further from each other friends sit rather than leave a seat alone. Centimetres.
const loneSeatDistance = 2_000;

/** The party in the fewest groups, near each other: the best of a few gatherings, each around one run. */
export function bestGroups(
  line: SeatLine,
  runs: FreeRuns,
  people: number,
  isWanted?: () => boolean,
): readonly number[] {
  const field = fieldOf(line, runs, people);
  const spread = isWanted && fieldOf(line, someRuns(runs, isWanted), people);
  return gather(spread?.groups === field.groups ? spread : field);
}

function fieldOf(line: SeatLine, runs: FreeRuns, people: number): Field {
  const groups = fewestGroups(countLengths(runs.lengths, people), people);
  return { line, runs, people, groups, x: middles(line.x, runs), y: middles(line.y, runs) };
}

function middles(along: Float64Array, { starts, lengths }: FreeRuns): Float64Array {
  const middle = new Float64Array(starts.length);
  for (let run = 0; run < middle.length; run += 1) {
    const first = starts[run] ?? 0;
    const last = first + (lengths[run] ?? 1) - 1;
    middle[run] = ((along[first] ?? 0) + (along[last] ?? 0)) / 2;
  }
  return middle;
}

function gather(field: Field): readonly number[] {
  let best: Gathering | undefined;
  for (const centre of centresOf(field)) {
    const gathering = gatherAround(field, centre);
    if (best === undefined || gathering.cost < best.cost) best = gathering;
  }
  return best?.seatIds ?? [];
}

// The most comfortable runs of each length that the fewest groups can begin with.
function centresOf({ line, runs, people, groups }: Field): number[] {
  const shortest = shortestUseful(countLengths(runs.lengths, people), people, groups);
  const lists = Array.from({ length: people }, () => new Shortlist(centresPerLength));
  for (let run = 0; run < runs.starts.length; run += 1) {
    const start = runs.starts[run] ?? 0;
    const length = runs.lengths[run] ?? 0;
    if (length >= shortest) lists[length]?.offer(run, costAt(line, start, length) / length);
  }
  return lists.flatMap((list) => list.values);
}

// Takes whole runs, the nearest first, as long as the rest still fits into the fewest; only the last may be left in part.
function gatherAround(field: Field, centre: number): Gathering {
  const { line, runs, people, groups } = field;
  const lists = nearestByLength(field, centre);
  const counts = countLengths(runs.lengths, people);
  const seatIds: number[] = [];
  let cost = 0;
  for (let group = groups; group > 0; group -= 1) {
    const left = people - seatIds.length;
    const length = nearestLength(lists, shortestUseful(counts, left, group), left);
    const run = lists[length]?.values.shift() ?? 0;
    const distance = lists[length]?.ranks.shift() ?? 0;
    counts[length] = (counts[length] ?? 0) - 1;
    const taken = Math.min(length, left);
    const first = bestFirst(line, runs.starts[run] ?? 0, length, taken);
    cost += costAt(line, first, taken) + taken * distance + people * priceOfLoneSeat(length, left);
    seatIds.push(...seatsAt(line, first, taken));
  }
  return { seatIds, cost };
}

function nearestByLength({ runs, people, x, y }: Field, centre: number): Shortlist[] {
  const lists = Array.from(
    { length: people },
    (_, length) => new Shortlist(Math.ceil((people + 1) / Math.max(1, length))),
  );
  const [centreX, centreY] = [x[centre] ?? 0, y[centre] ?? 0];
  for (let run = 0; run < x.length; run += 1) {
    const [aside, behind] = [(x[run] ?? 0) - centreX, (y[run] ?? 0) - centreY];
    lists[runs.lengths[run] ?? 0]?.offer(run, Math.sqrt(aside * aside + behind * behind));
  }
  return lists;
}

function nearestLength(lists: readonly Shortlist[], shortest: number, left: number): number {
  let nearest = shortest;
  let lowest = Infinity;
  for (let length = shortest; length < lists.length; length += 1) {
    const rank = (lists[length]?.ranks[0] ?? Infinity) + priceOfLoneSeat(length, left);
    if (rank < lowest) [nearest, lowest] = [length, rank];
  }
  return nearest;
}

function priceOfLoneSeat(length: number, left: number): number {
  return length === left + 1 ? loneSeatDistance : 0;
}
