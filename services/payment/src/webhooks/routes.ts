import { receiveTossWebhook } from '@urr/contracts/payment.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import { receiveWebhook, type WebhookDeps } from './receive-webhook.ts';

/** Hints taken in at once; the provider repeats the ones turned away. */
const maxInFlight = 32;

export function serveWebhooks(server: ServeDeps, deps: WebhookDeps): void {
  let inFlight = 0;
  serve(server, receiveTossWebhook, async ({ body, request }) => {
    if (inFlight >= maxInFlight) throw new Problem('overloaded', { retryAfter: 60 });
    inFlight += 1;
    try {
      await receiveWebhook(deps, {
        transmissionId: transmissionIdOf(request.headers['tosspayments-webhook-transmission-id']),
        eventType: body.eventType,
        orderId: body.data?.orderId ?? body.orderId,
        secret: body.secret ?? undefined,
      });
      return { received: true };
    } finally {
      inFlight -= 1;
    }
  });
}

function transmissionIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && header.length <= 200 ? header : undefined;
}
