import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Kind } from './world/world.ts';

/** One place of a request where an id stands. */
export interface IdPlace {
  readonly part: 'params' | 'query' | 'body';
  /** Property names, and 0 for the first of a list. */
  readonly path: readonly (string | number)[];
  readonly kind: Kind;
  /** `list`: several in a list; `text`: several in a text, with commas. */
  readonly form: 'one' | 'list' | 'text';
}

const kindOfName: Readonly<Record<string, Kind>> = {
  accountId: 'account',
  amount: 'amount',
  eventId: 'event',
  eventIds: 'event',
  hall: 'hallSlug',
  hallId: 'hall',
  key: 'image',
  mailId: 'mail',
  orderId: 'order',
  payload: 'scan',
  paymentId: 'payment',
  paymentKey: 'paymentKey',
  receipt: 'receipt',
  refreshToken: 'refreshToken',
  reservationId: 'reservation',
  seatIds: 'seat',
  sessionId: 'session',
  ticketId: 'ticket',
  ticketIds: 'ticket',
  ticketTypeId: 'ticketType',
};

// A name that means another thing on one route; null: the caller makes the id, and nothing has it yet.
const kindOnRoute: Readonly<Record<string, Kind | null>> = {
  'beginReturn.refundId': null,
  'confirmReservation.paymentId': null,
  'createEvent.slug': 'eventSlug',
  'getArtist.slug': 'artist',
  'importEvent.slug': 'eventSlug',
  'importHall.slug': 'ownHall',
  'listAccounts.after': 'account',
  'listEvents.artist': 'artist',
  'listMyPayments.before': 'payment',
  'pushInventory.layout.layoutId': null,
  'pushInventory.ownerId': null,
  'pushInventory.pools.ticketTypeId': null,
};

/** Every place of a route's requests where an id stands. Throws for an id nobody has told the kind of. */
export function idPlaces(contract: RouteContract): IdPlace[] {
  return (['params', 'query', 'body'] as const).flatMap((part) => {
    const schema = contract[part] as JsonSchema | undefined;
    return schema === undefined ? [] : placesIn(contract, schema, { part, path: [] });
  });
}

function placesIn(
  contract: RouteContract,
  schema: JsonSchema,
  at: Pick<IdPlace, 'part' | 'path'>,
): IdPlace[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => placesIn(contract, one, at));
  if (schema.items !== undefined) return placesIn(contract, schema.items, { ...at, path: [...at.path, 0] });
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const here = { part: at.part, path: [...at.path, name] };
    const kind = kindAt(contract, here.path, property);
    if (kind === undefined) return placesIn(contract, property, here);
    const form = property.type === 'array' ? 'list' : name.endsWith('Ids') ? 'text' : 'one';
    return kind === null ? [] : [{ ...here, kind, form }];
  });
}

function kindAt(contract: RouteContract, path: IdPlace['path'], schema: JsonSchema): Kind | null | undefined {
  const names = path.filter((part) => part !== 0);
  const key = `${contract.name}.${names.join('.')}`;
  const name = String(names.at(-1));
  const kind = key in kindOnRoute ? kindOnRoute[key] : kindOfName[name];
  if (kind === undefined && (schema.format === 'uuid' || /Ids?$/.test(name)))
    throw new Error(`${key}: an id of what?`);
  return kind;
}

// Where an id that names nothing is no mistake, and why.
const takesAny: Readonly<Record<string, string>> = {
  'createEvent eventSlug': 'it is the name of the new event',
  'importEvent eventSlug': 'it is the name of the new event',
  'importHall ownHall': 'it is the name of the new hall',
  'listAccounts account': 'a place in a list',
  'listEvents artist': 'a filter',
  'listMyPayments payment': 'a place in a list',
  'listMyTickets event': 'a filter',
  'logOut refreshToken': 'who has no session has none afterwards',
  'pushInventory event': 'it is the name of the new inventory',
  'readStock event': 'what is unknown is left out',
  'receiveTossWebhook order': 'a hint, from anybody, proves nothing and is told nothing',
};

/** Whether a route may be asked about an id that names nothing, or nothing of the caller's. */
export function takesAnyId(contract: RouteContract, kind: Kind): boolean {
  return `${contract.name} ${kind}` in takesAny;
}
