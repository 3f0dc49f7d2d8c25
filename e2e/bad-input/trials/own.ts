import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { IdChoice } from '../good-requests.ts';
import { idPlaces } from '../id-places.ts';
import { type Belongings, type Caller, idsOf, type Kind, type Person, type World } from '../world/world.ts';

/** Who a route is for. */
export function callerOf({ access }: RouteContract): Caller {
  switch (access) {
    case 'internal':
      return 'workload';
    case 'admin':
    case 'organiser':
      return access;
    case 'account':
    case 'public':
      return 'fan';
  }
}

/** What the fan and the organiser have that a route may be asked about. */
export function ownedFor(world: World, contract: RouteContract): Belongings[] {
  const kinds = new Set(idPlaces(contract).map(({ kind }) => kind));
  return world.belongings.filter(
    (each) =>
      (each.owner === 'fan' || each.owner === 'organiser') &&
      [...kinds].some((kind) => idsOf(each, kind).length > 0),
  );
}

const sides: Readonly<Record<'own' | 'stranger' | 'rival', readonly Person[]>> = {
  own: ['fan', 'organiser'],
  stranger: ['stranger', 'rival', 'organiser'],
  rival: ['rival', 'stranger', 'organiser'],
};

/** Ids of certain belongings; of a kind these lack, the first that the same side has. */
export function choiceOf(world: World, side: keyof typeof sides, belongings?: Belongings): IdChoice {
  const all = sides[side].flatMap((person) => world.belongings.filter(({ owner }) => owner === person));
  return (kind: Kind) => {
    const given = belongings === undefined ? [] : idsOf(belongings, kind);
    if (given.length > 0) return given;
    return all.map((each) => idsOf(each, kind)).find((ids) => ids.length > 0) ?? [];
  };
}
