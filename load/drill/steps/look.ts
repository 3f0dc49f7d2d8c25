import {
  decodeCoordinates,
  packedSeatState,
  readSeatLayout,
  readSeatStatus,
  type SeatLayout,
  type SeatStatus,
} from '@urr/contracts/ticket-reads.ts';
import { type Life, send } from '../engine/action.ts';
import { routeRequest } from '../engine/route-request.ts';
import type { FanContext } from '../fan-context.ts';
import { choosePlaces, chooseSeats, type SeatMap, type Wish } from './wish.ts';

/** Looks at what is free and chooses; `undefined` when nothing is. */
export function* lookForPlaces(context: FanContext, racesLost: number): Life<Wish | undefined> {
  const chooser = { ...context.fan, racesLost };
  const params = { eventId: context.world.eventId };
  const answer = yield* send(routeRequest(readSeatStatus, { params, isShared: true }));
  if (answer.status !== 200) return undefined;
  const status = answer.body as SeatStatus;
  if (status.pools.length > 0) return choosePlaces(status.pools, chooser);
  const layout = yield* openLayout(context, status.layout);
  if (layout === undefined) return undefined;
  const bytes = seatBytesOf(status);
  return chooseSeats(seatMapOf(layout), (seatId) => packedSeatState(bytes, seatId) === 0, chooser);
}

// The hall may be kept for a year: a browser asks once and remembers it by its version.
function* openLayout(context: FanContext, version: string | null): Life<SeatLayout | undefined> {
  if (version === null) return undefined;
  const known = context.world.layouts.get(version);
  if (known !== undefined && !context.fan.random.chance(firstVisitShare)) return known;
  const request = routeRequest(readSeatLayout, {
    params: { eventId: context.world.eventId },
    isShared: true,
  });
  const answer = yield* send({ ...request, path: `${request.path}?v=${version}` });
  if (answer.status !== 200) return known;
  const layout = answer.body as SeatLayout;
  context.world.layouts.set(version, layout);
  return layout;
}

// The others have it from the distribution's cache or from an earlier visit.
const firstVisitShare = 0.1;

// Thousands read the same document: each is unpacked once.
const seatBytes = new WeakMap<SeatStatus, Uint8Array>();
const seatMaps = new WeakMap<SeatLayout, SeatMap>();

function seatBytesOf(status: SeatStatus): Uint8Array {
  const known = seatBytes.get(status);
  if (known !== undefined) return known;
  const bytes = Buffer.from(status.seats, 'base64');
  seatBytes.set(status, bytes);
  return bytes;
}

function seatMapOf(layout: SeatLayout): SeatMap {
  const known = seatMaps.get(layout);
  if (known !== undefined) return known;
  const map = readMap(layout);
  seatMaps.set(layout, map);
  return map;
}

/** Rows as a person sees them, nearest to the stage first. */
export function readMap(layout: SeatLayout): SeatMap {
  const x = decodeCoordinates(layout.x);
  const y = decodeCoordinates(layout.y);
  let next = 0;
  const rows = layout.runs.map(([, , seats]) => Array.from({ length: seats }, () => next++));
  const distanceOf = (row: readonly number[]) => {
    const middle = row[row.length >> 1] ?? 0;
    return Math.hypot(x[middle] ?? 0, y[middle] ?? 0);
  };
  return {
    rows: rows.toSorted((left, right) => distanceOf(left) - distanceOf(right)),
    gradeOf: (seatId) => layout.grades[layout.grade[seatId] ?? 0] ?? '',
    grades: layout.grades,
  };
}
