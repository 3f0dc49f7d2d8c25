import { uuidPattern } from '@urr/contracts/primitives.ts';
import {
  pushInventory as pushContract,
  readEventOwner,
  readStock as stockContract,
} from '@urr/contracts/ticket-internal.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { pushInventory } from './push-inventory.ts';
import { findEvent } from '../live/find-event.ts';
import { readStock } from './read-stock.ts';

const mostEvents = 200;

/** Registers what catalog-service calls. */
export function serveInventory(deps: Deps): void {
  serve(deps.serve, pushContract, ({ params, body, request }) =>
    pushInventory(deps, { eventId: params.eventId, inventory: body, requestId: request.id }),
  );
  serve(deps.serve, stockContract, async ({ query }) => ({
    events: await readStock(deps, eventIdsOf(query.eventIds)),
  }));
  serve(deps.serve, readEventOwner, async ({ params }) => ({
    ownerId: (await findEvent(deps, params.eventId)).sale.ownerId,
  }));
}

function eventIdsOf(text: string): string[] {
  const ids = [...new Set(text.split(',').filter((id) => id !== ''))].map((id) => id.toLowerCase());
  if (ids.length > mostEvents || !ids.every((id) => uuidPattern.test(id))) {
    const message = `must be at most ${mostEvents} event ids, separated by commas`;
    throw new Problem('invalid-input', { data: { errors: [{ path: 'query/eventIds', message }] } });
  }
  return ids;
}
