import * as routes from '@urr/contracts/catalog.ts';
import { putEventImage, removeEventImage } from '@urr/contracts/catalog-images.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { Account } from '@urr/platform/identity.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { cancelEvent } from './cancel-event.ts';
import { putImage, removeImage, type SentImage } from './change-image.ts';
import { changeEvent } from './change-event.ts';
import { createEvent } from './create-event.ts';
import { importEvent } from './import-event.ts';
import { publishEvent } from './publish-event.ts';
import type { SavedEvent } from './save-event.ts';
import { showEvent } from './show-event.ts';

export function serveOrganiser(server: ServeDeps, deps: Deps): void {
  serve(server, routes.createEvent, async ({ account, body, request, idempotencyKey }) =>
    answer(deps, account, await createEvent(deps, actorOf(account, request), body, idempotencyKey)),
  );
  serve(server, routes.importEvent, async ({ account, body, request }) =>
    answer(deps, account, await importEvent(deps, actorOf(account, request), body)),
  );
  serve(server, routes.changeEvent, async ({ account, params, body, request }) =>
    answer(deps, account, await changeEvent(deps, actorOf(account, request), params.eventId, body)),
  );
  serve(server, routes.publishEvent, async ({ account, params, request }) =>
    answer(deps, account, await publishEvent(deps, actorOf(account, request), params.eventId)),
  );
  serve(server, routes.cancelEvent, async ({ account, params, request }) =>
    answer(deps, account, await cancelEvent(deps, actorOf(account, request), params.eventId)),
  );
  serve(server, putEventImage, async ({ account, params, request }) => {
    await putImage(deps, actorOf(account, request), params.eventId, sentImage(request));
    return showEvent(deps, params.eventId, account);
  });
  serve(server, removeEventImage, async ({ account, params, request }) => {
    await removeImage(deps, actorOf(account, request), params.eventId);
    return showEvent(deps, params.eventId, account);
  });
}

function sentImage({ headers, body }: FastifyRequest): SentImage {
  const declaredType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  // Without a body there is nothing, which is no picture.
  return { declaredType, content: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
}

// The change is committed; waiting for ticket-service only makes the answer say more.
async function answer(deps: Deps, account: Account, saved: SavedEvent): Promise<EventDetail> {
  if (saved.wanted !== undefined) await deps.pushes.settle(saved.eventId, saved.wanted);
  return showEvent(deps, saved.eventId, account);
}
