import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Trial } from '../examine.ts';
import { goodRequests } from '../good-requests.ts';
import type { Expectation } from '../judge.ts';
import { idPlaces, takesAnyId } from '../id-places.ts';
import { type Belongings, idsOf, type Kind, personalKinds, type World } from '../world/world.ts';
import { choiceOf, ownedFor } from './own.ts';

type Outsider = 'stranger' | 'rival' | 'nobody' | 'forger';

const outsiders: readonly Outsider[] = ['stranger', 'rival', 'nobody', 'forger'];
/** What belongs to one organiser alone. */
const organisers = new Set<Kind>(['event', 'eventSlug', 'ownHall', 'scan']);

/**
 * Requests about what the fan and the organiser have, by others: all of it theirs, or one id of theirs among the caller's
 * own. Where a route shows such a thing to everybody, the answer may not tell what is private.
 */
export function otherPeoples(world: World, contract: RouteContract): Trial[] {
  if (contract.access === 'internal') return atInternalRoutes(world, contract);
  const { privateWords } = world;
  const things = [undefined, ...ownedFor(world, contract)];
  return outsiders.flatMap((caller) =>
    (caller === 'forger' ? [undefined] : things).flatMap((thing) => {
      const refused = aboutOthers(world, contract, caller, thing);
      const isShown = refused.length === 0 && contract.method === 'GET';
      const requests = isShown ? shownToAll(world, contract, thing) : refused;
      const expected = isShown ? 'answered' : refusalOf(contract, caller);
      return requests.map((request): Trial => ({ contract, request, caller, expected, privateWords }));
    }),
  );
}

function shownToAll(world: World, contract: RouteContract, thing: Belongings | undefined) {
  return goodRequests(contract, choiceOf(world, 'own', thing), thing?.what ?? 'nothing of others');
}

function aboutOthers(world: World, contract: RouteContract, caller: Outsider, thing: Belongings | undefined) {
  const theirs = choiceOf(world, 'own', thing);
  const why = `the ${thing?.what ?? 'route'} of others`;
  // Refused before anything else is looked at, so one body is as good as another.
  if (!hasAccess(contract, caller)) return goodRequests(contract, theirs, why).slice(0, 1);
  if (thing === undefined) return [];
  const kinds = [...new Set(idPlaces(contract).map(({ kind }) => kind))];
  const guarded = kinds.filter((kind) => isGuarded(contract, caller, thing, kind));
  const mixed = guarded.flatMap((stolen) => {
    const own = choiceOf(world, caller === 'rival' ? 'rival' : 'stranger');
    const choose = (kind: Kind) => (kind === stolen ? idsOf(thing, kind) : own(kind));
    return goodRequests(contract, choose, `the ${stolen} of the ${thing.what} of others`);
  });
  const whole = guarded.length === 0 ? [] : goodRequests(contract, theirs, why);
  return [...whole, ...mixed].filter(({ path, body }) =>
    guarded.some((kind) =>
      idsOf(thing, kind).some((id) => `${path} ${JSON.stringify(body)}`.includes(String(id))),
    ),
  );
}

function refusalOf(contract: RouteContract, caller: Outsider): Expectation {
  if (hasAccess(contract, caller)) return 'refused';
  return caller === 'nobody' || caller === 'forger' ? 'unauthenticated' : 'forbidden';
}

function hasAccess({ access }: RouteContract, caller: Outsider): boolean {
  if (access === 'public') return true;
  if (caller === 'nobody' || caller === 'forger') return false;
  return access === 'account' || (access === 'organiser' && caller === 'rival');
}

function isGuarded(contract: RouteContract, caller: Outsider, thing: Belongings, kind: Kind): boolean {
  if (idsOf(thing, kind).length === 0) return false;
  if (contract.method === 'GET' && takesAnyId(contract, kind)) return false;
  if (thing.isHidden === true && (kind === 'event' || kind === 'eventSlug')) return true;
  if (contract.access === 'account') return personalKinds.includes(kind) && thing.owner === 'fan';
  return contract.access === 'organiser' && caller === 'rival' && organisers.has(kind);
}

// They do not exist at the gateway; the service wants the internal token; and who has that still names one account.
function atInternalRoutes(world: World, contract: RouteContract): Trial[] {
  const requests = goodRequests(contract, choiceOf(world, 'own'), 'an internal route');
  const closed = requests.flatMap((request) =>
    (['nobody', 'fan', 'admin', 'intruder'] as const).map((caller): Trial => ({
      contract,
      request,
      caller,
      expected: caller === 'intruder' ? 'unauthenticated' : 'route-not-found',
    })),
  );
  const kinds = new Set(idPlaces(contract).map(({ kind }) => kind));
  if (!kinds.has('account') || !kinds.has('reservation')) return closed;
  const stranger = choiceOf(world, 'stranger');
  const mixed = ownedFor(world, contract)
    .filter((thing) => idsOf(thing, 'reservation').length > 0)
    .flatMap((thing) => {
      const theirs = choiceOf(world, 'own', thing);
      const choose = (kind: Kind) => (kind === 'account' ? stranger : theirs)(kind);
      return goodRequests(contract, choose, `the ${thing.what} for another account`);
    });
  return [
    ...closed,
    ...mixed.map((request): Trial => ({ contract, request, caller: 'workload', expected: 'refused' })),
  ];
}
