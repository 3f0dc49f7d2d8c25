/** What an id names. `ownHall` is the address of a hall its importer keeps; `amount` is what an order costs. */
export type Kind =
  | 'account'
  | 'amount'
  | 'artist'
  | 'event'
  | 'eventSlug'
  | 'hall'
  | 'hallSlug'
  | 'image'
  | 'mail'
  | 'order'
  | 'ownHall'
  | 'payment'
  | 'paymentKey'
  | 'receipt'
  | 'refreshToken'
  | 'reservation'
  | 'scan'
  | 'seat'
  | 'session'
  | 'ticket'
  | 'ticketType';

/** What belongs to one account alone. */
export const personalKinds: readonly Kind[] = [
  'account',
  'order',
  'payment',
  'receipt',
  'reservation',
  'session',
  'ticket',
];

/** People of the platform: `fan` and `organiser` own what is asked for, `stranger` and `rival` are others of the same role. */
export type Person = 'fan' | 'stranger' | 'organiser' | 'rival';

/**
 * Who sends a request. `forger` has a token nobody signed; `workload` asks the service itself by the internal token,
 * `intruder` by a wrong one.
 */
export type Caller = Person | 'admin' | 'nobody' | 'forger' | 'workload' | 'intruder';

/** Real ids that belong together, such as an order, its reservation and its tickets. */
export interface Belongings {
  readonly owner: Person;
  /** What they are, and in which state, in words. */
  readonly what: string;
  /** A scan is good for a minute, so it is made when it is asked for. */
  readonly ids: Readonly<Partial<Record<Kind, readonly unknown[] | (() => readonly unknown[])>>>;
  /** Nobody but the owner may know that it exists. */
  readonly isHidden?: boolean;
}

/** A platform with something in it. */
export interface World {
  readonly accessTokens: Readonly<Record<Person | 'admin', string>>;
  readonly belongings: readonly Belongings[];
  /** Entry token of a person for an event. */
  entryToken(person: Caller, eventId: unknown): string | undefined;
  /** Words only the fan may read. */
  readonly privateWords: readonly string[];
}

/** The ids of one kind among somebody's belongings. */
export function idsOf({ ids }: Belongings, kind: Kind): readonly unknown[] {
  const found = ids[kind];
  return typeof found === 'function' ? found() : (found ?? []);
}

/** Belongings by the words that describe them. */
export function findBelongings(world: World, owner: Person, what: string): Belongings {
  const found = world.belongings.find((each) => each.owner === owner && each.what === what);
  if (found === undefined) throw new Error(`${owner} has no ${what}`);
  return found;
}
