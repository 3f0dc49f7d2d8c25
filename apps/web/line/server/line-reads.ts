import { getEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { type Place, readLineState, readOwnPlace, type StateDocument } from '@urr/contracts/queue.ts';
import type { Gateway, Reader } from './gateway.ts';
import { createSharedReads } from './shared-reads.ts';

/** An event and its line, the same for everybody. */
export type LineRead =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'found';
      readonly event: EventDetail;
      /** `null` while it could not be read; `no-sale` when there is none. */
      readonly state: StateDocument | 'no-sale' | null;
      /** When the state was read, milliseconds. */
      readonly readAtMs: number;
    };

/** The reader's own place: `null` when it could not be read in time. */
export type OwnPlace = Place | 'unauthenticated' | null;

const shared = { freshMs: 1_000, staleMs: 30_000, most: 500, nowMs: () => Date.now() } as const;
/** Readers whose own place is asked for at once; the page of one more asks for it by itself. */
const mostPlaces = 256;

/** What a line page reads. */
export interface LineReads {
  line(slug: string, reader: Reader): Promise<LineRead>;
  place(eventId: string, reader: Reader): Promise<OwnPlace>;
}

/** Creates the memory of lines: ten thousand readers of one page cost gateway-service two reads a second. */
export function createLineReads(gateway: Gateway): LineReads {
  const events = createSharedReads({
    ...shared,
    read: (slug: string, reader: Reader) => readEvent(gateway, slug, reader),
  });
  const states = createSharedReads({
    ...shared,
    read: (id: string, reader: Reader) => readState(gateway, id, reader),
  });
  const place = boundedPlaces(gateway);
  return {
    line: async (slug, reader) => {
      const event = await events(slug, reader);
      if (event === undefined) return { kind: 'unreachable' };
      if (event.value === 'missing') return { kind: 'missing' };
      const state = await states(event.value.eventId, reader);
      const readAtMs = state?.readAtMs ?? event.readAtMs;
      return { kind: 'found', event: event.value, state: state?.value ?? null, readAtMs };
    },
    place,
  };
}

async function readEvent(gateway: Gateway, slug: string, reader: Reader) {
  const result = await gateway(getEvent, { params: { eventId: slug } }, withoutAccount(reader));
  if (result.ok) return result.body;
  return result.problem.code === 'event-not-found' || result.problem.status === 422 ? 'missing' : undefined;
}

async function readState(gateway: Gateway, eventId: string, reader: Reader) {
  const result = await gateway(readLineState, { params: { eventId } }, withoutAccount(reader));
  if (result.ok) return result.body;
  return result.problem.code === 'sale-not-found' ? 'no-sale' : undefined;
}

// What everybody is answered must not depend on who happened to ask.
function withoutAccount(reader: Reader): Reader {
  return { ...reader, accessToken: undefined };
}

function boundedPlaces(gateway: Gateway): LineReads['place'] {
  let underWay = 0;
  return async (eventId, reader) => {
    if (reader.accessToken === undefined) return 'unauthenticated';
    if (underWay >= mostPlaces) return null;
    underWay += 1;
    try {
      const result = await gateway(readOwnPlace, { params: { eventId } }, reader);
      if (result.ok) return result.body;
      return result.problem.code === 'unauthenticated' ? 'unauthenticated' : null;
    } finally {
      underWay -= 1;
    }
  };
}
