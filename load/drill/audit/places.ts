import type pg from 'pg';
import { type DrawFacts, drawnNumbers } from './draw-order.ts';
import { type Finding, findingOf } from './finding.ts';

/** A place as its owner was told of it, in the order of the answers. */
interface ToldPlace {
  readonly number: number | null;
  readonly lobbyIndex: number | null;
}

/** What one fan remembers of the line. */
export interface RememberedPlaces {
  readonly accountId: string;
  readonly places: readonly ToldPlace[];
  readonly hasLeft: boolean;
  /** When the first join left and when its answer came; milliseconds of one clock. */
  readonly joinSentAtMs?: number;
  readonly joinAnsweredAtMs?: number;
}

interface PlaceRow {
  readonly account_id: string;
  readonly arrival: number;
  readonly left_at: Date | null;
}

/** G5 and G6: places that were acknowledged and are gone, another's, or further back than once told. */
export async function findLostPlaces(
  queue: pg.Pool,
  eventId: string,
  draw: DrawFacts | undefined,
  remembered: readonly RememberedPlaces[],
): Promise<Finding[]> {
  const { rows } = await queue.query<PlaceRow>(
    `SELECT account_id, arrival::float8 AS arrival, left_at FROM places
      WHERE event_id = $1 AND replaced_at IS NULL`,
    [eventId],
  );
  const byAccount = new Map(rows.map((row) => [row.account_id, row]));
  const numbers = draw === undefined ? [] : drawnNumbers(draw);
  const withPlace = remembered.filter((fan) => fan.places.length > 0 && !fan.hasLeft);
  return [
    findingOf(
      'acknowledged places that are missing',
      withPlace.filter((fan) => isMissing(byAccount.get(fan.accountId))),
    ),
    findingOf(
      'acknowledged places that are another one now',
      withPlace.filter((fan) => isAnother(fan, byAccount.get(fan.accountId), numbers)),
    ),
    findMoved(remembered),
  ];
}

/** Places that were told differently to their owner, one answer after the other. */
export function findMoved(remembered: readonly RememberedPlaces[]): Finding {
  const moved = remembered.filter((fan) => hasMoved(fan));
  return findingOf('places that moved back or changed while their owner watched', moved);
}

function isMissing(row: PlaceRow | undefined): boolean {
  return row === undefined || row.left_at !== null;
}

function isAnother(fan: RememberedPlaces, row: PlaceRow | undefined, drawn: readonly number[]): boolean {
  if (row === undefined) return false;
  const number = drawn[row.arrival - 1] ?? row.arrival;
  return fan.places.some((place) => {
    if (place.lobbyIndex !== null && place.lobbyIndex !== row.arrival - 1) return true;
    return place.number !== null && place.number !== number;
  });
}

function hasMoved(fan: RememberedPlaces): boolean {
  const numbers = new Set(fan.places.flatMap((place) => place.number ?? []));
  const indexes = new Set(fan.places.flatMap((place) => place.lobbyIndex ?? []));
  return numbers.size > 1 || indexes.size > 1;
}

/** G8 as fans see it: whoever had the answer before another sent the request stands before the other. */
export function findOvertaken(remembered: readonly RememberedPlaces[]): Finding {
  const joins = remembered.flatMap((fan) => {
    const place = fan.places[0];
    if (place === undefined || place.lobbyIndex !== null || place.number === null) return [];
    if (fan.joinSentAtMs === undefined || fan.joinAnsweredAtMs === undefined) return [];
    return { number: place.number, sentAtMs: fan.joinSentAtMs, answeredAtMs: fan.joinAnsweredAtMs };
  });
  const byAnswer = joins.toSorted((left, right) => left.answeredAtMs - right.answeredAtMs);
  let answered = 0;
  let highest = 0;
  const overtaken = joins
    .toSorted((left, right) => left.sentAtMs - right.sentAtMs)
    .filter((join) => {
      for (let next = byAnswer[answered]; next !== undefined && next.answeredAtMs < join.sentAtMs;) {
        highest = Math.max(highest, next.number);
        next = byAnswer[(answered += 1)];
      }
      return join.number < highest;
    });
  return findingOf('fans who stand before others that were answered before they asked', overtaken);
}
