import { randomUUID } from 'node:crypto';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Trial } from '../examine.ts';
import { goodRequests } from '../good-requests.ts';
import { idPlaces, takesAnyId } from '../id-places.ts';
import type { Kind, World } from '../world/world.ts';
import { callerOf, choiceOf, ownedFor } from './own.ts';

// The provider's own name for a payment: what it names, the provider is asked.
const unknown: Readonly<Record<Exclude<Kind, 'paymentKey'>, () => unknown>> = {
  account: randomUUID,
  amount: () => 77_777,
  artist: () => 'nobody-of-that-name',
  event: randomUUID,
  eventSlug: () => `show-${randomUUID()}`,
  hall: randomUUID,
  hallSlug: () => 'nowhere',
  image: () => `${'0'.repeat(40)}.png`,
  mail: randomUUID,
  order: () => `order-${randomUUID()}`,
  ownHall: () => `hall-${randomUUID()}`,
  payment: randomUUID,
  receipt: () => 'no.receipt',
  refreshToken: () => 'no-token',
  reservation: randomUUID,
  scan: () => 'urr1.abcdefghijklmnop.00000000',
  seat: () => 999_999,
  session: randomUUID,
  ticket: randomUUID,
  ticketType: randomUUID,
};

/** Requests of those a route is for, about their own, but for one id that names nothing. */
export function unknownIds(world: World, contract: RouteContract): Trial[] {
  const caller = callerOf(contract);
  const kinds = [...new Set(idPlaces(contract).map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    if (kind === 'paymentKey') return [];
    const isTaken = takesAnyId(contract, kind);
    if (isTaken && contract.method !== 'GET') return [];
    const id = unknown[kind]();
    return ownedFor(world, contract).flatMap((thing) => {
      const own = choiceOf(world, 'own', thing);
      const choose = (asked: Kind) => (asked === kind ? [id] : own(asked));
      const why = `${kind} of nothing, otherwise ${thing.what}`;
      return goodRequests(contract, choose, why)
        .filter(({ path, body }) => `${path} ${JSON.stringify(body)}`.includes(String(id)))
        .map((request): Trial => ({ contract, request, caller, expected: isTaken ? 'answered' : 'refused' }));
    });
  });
}
