import { randomUUID } from 'node:crypto';
import { equalsSecret } from '@urr/platform/internal-token.ts';
import { Secret } from '@urr/platform/secret.ts';
import type { WebhookStore } from './store.ts';

export interface TossWebhook {
  readonly transmissionId: string | undefined;
  readonly eventType: string | undefined;
  readonly orderId: string | undefined;
  readonly secret: string | undefined;
}

export interface WebhookDeps {
  readonly webhooks: WebhookStore;
  /** Our own answer usually comes first; a look before that would double the calls. */
  readonly hintDelayMs: number;
}

/**
 * A webhook is unsigned, may come twice, late, out of order or from anybody. So it proves nothing: it makes the
 * reconciler ask the provider, by the same path as for any doubt.
 */
export async function receiveWebhook(deps: WebhookDeps, webhook: TossWebhook): Promise<void> {
  const { orderId } = webhook;
  if (orderId === undefined || !/^[A-Za-z0-9_-]{6,64}$/.test(orderId)) return;
  if (webhook.eventType === undefined && !(await isDepositCallback(deps, orderId, webhook.secret))) return;
  await deps.webhooks.takeHint(webhook.transmissionId ?? randomUUID(), orderId, deps.hintDelayMs);
}

async function isDepositCallback(
  deps: WebhookDeps,
  orderId: string,
  secret: string | undefined,
): Promise<boolean> {
  if (secret === undefined) return false;
  const stored = await deps.webhooks.depositSecretOf(orderId);
  return stored !== null && equalsSecret(secret, new Secret(stored));
}
