import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Trial } from '../examine.ts';
import { goodRequests } from '../good-requests.ts';
import { oddRequests } from '../requests.ts';
import type { World } from '../world/world.ts';
import { callerOf, choiceOf, ownedFor } from './own.ts';

/**
 * Requests of those a route is for, about each thing they have, in each state it may be in; and odd ones that the schemas
 * take. Each is carried out or refused; what is refused changes nothing.
 */
export function everyState(world: World, contract: RouteContract): Trial[] {
  const things = ownedFor(world, contract);
  const good = [undefined, ...(contract.method === 'GET' ? [] : things)].flatMap((thing) =>
    goodRequests(contract, choiceOf(world, 'own', thing), thing?.what ?? 'whatever there is'),
  );
  const requests = [...good, ...oddRequests(contract, choiceOf(world, 'own'))];
  const unlike = new Map(requests.map((request) => [JSON.stringify({ ...request, why: '' }), request]));
  const caller = callerOf(contract);
  return [...unlike.values()].map((request): Trial => ({ contract, request, caller, expected: 'answered' }));
}

// What ends things comes last, so that what comes before still finds them.
const order = ['ticket-service', 'payment-service', 'queue-service', 'catalog-service', 'auth-service'];
const ending = /^(cancel|leave)/;

/** Routes in an order in which one leaves the others something to do. */
export function mildestFirst(contracts: readonly RouteContract[]): RouteContract[] {
  const rank = ({ service, access, name }: RouteContract) =>
    order.indexOf(service) + (ending.test(name) ? 10 : 0) + (access === 'internal' ? 20 : 0);
  return contracts.toSorted((one, other) => rank(one) - rank(other));
}
