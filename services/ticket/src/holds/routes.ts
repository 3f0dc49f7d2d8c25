import type { RouteContract } from '@urr/contracts/route-contract.ts';
import * as contracts from '@urr/contracts/ticket.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { fingerprintOf } from '@urr/platform/idempotency.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type RouteInput, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import type { HeldReservation, HoldRequest } from './hold-request.ts';
import { reserveBestAvailable } from './reserve-best-available.ts';
import { reservePlaces } from './reserve-places.ts';
import { refuseAtOnce, reserveSeats } from './reserve-seats.ts';

type HoldContract =
  | typeof contracts.reserveSeats
  | typeof contracts.reserveBestAvailable
  | typeof contracts.reservePlaces;

/** Registers the three ways to hold places. */
export function serveHolds(deps: Deps): void {
  serveHold(
    deps,
    contracts.reserveSeats,
    ({ body }, request) => reserveSeats(deps, { ...request, seatIds: body.seatIds }),
    ({ body }, request) => refuseAtOnce(deps, request.eventId, body.seatIds),
  );
  serveHold(deps, contracts.reserveBestAvailable, ({ body }, request) =>
    reserveBestAvailable(deps, { ...request, grade: body.grade, quantity: body.quantity }),
  );
  serveHold(deps, contracts.reservePlaces, ({ body }, request) =>
    reservePlaces(deps, { ...request, items: body.items }),
  );
}

// One at a time per key in this process; between replicas the account's lock decides.
function serveHold<Contract extends HoldContract>(
  deps: Deps,
  contract: Contract,
  hold: (input: RouteInput<Contract>, request: HoldRequest) => Promise<HeldReservation>,
  refuse?: (input: RouteInput<Contract>, request: HoldRequest) => Problem | undefined,
): void {
  const inFlight = new Set<string>();
  const holdOnce = async (input: RouteInput<Contract>, request: HoldRequest): Promise<Reservation> => {
    if (request.idempotencyKey === undefined) return (await hold(input, request)).reservation;
    const key = `${request.accountId} ${request.idempotencyKey}`;
    if (inFlight.has(key)) throw new Problem('request-in-flight', { retryAfter: 1 });
    inFlight.add(key);
    try {
      const { reservation, isReplay } = await hold(input, request);
      if (isReplay) input.reply.header('idempotent-replayed', 'true');
      return reservation;
    } finally {
      inFlight.delete(key);
    }
  };
  serve<RouteContract>(deps.serve, contract, (given) => {
    const input = given as RouteInput<Contract>;
    const request = holdRequestOf(deps, contract, input);
    // With a key it may be a request won before: only the store can tell.
    const refusal = request.idempotencyKey === undefined ? refuse?.(input, request) : undefined;
    return refusal ?? holdOnce(input, request);
  });
}

function holdRequestOf(
  deps: Pick<Deps, 'checkEntry'>,
  contract: RouteContract,
  { body, account, request, idempotencyKey }: RouteInput<HoldContract>,
): HoldRequest {
  const { accountId } = account;
  const eventId = body.eventId.toLowerCase();
  const entry = deps.checkEntry(request.headers, eventId, accountId);
  return {
    eventId,
    accountId,
    ...entry,
    idempotencyKey,
    fingerprint: idempotencyKey && fingerprintOf(contract.name, undefined, undefined, body),
  };
}
