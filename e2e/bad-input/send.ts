import { topology } from '@urr/contracts/topology.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import type { Trial } from './examine.ts';
import type { Answer } from './judge.ts';
import type { World } from './world/world.ts';

/** Where the services are, and what opens their internal routes. */
export interface Address {
  readonly portOffset: number;
  readonly secrets: { readonly INTERNAL_API_TOKEN: string };
}

/** Sends a trial's request: people come through the gateway, a workload asks the service itself. */
export async function sendTrial(platform: Address, world: World, trial: Trial): Promise<Answer> {
  const { contract, request } = trial;
  const { type, content } = bodyOf(trial);
  const response = await fetch(`${originOf(platform, trial)}${request.path}`, {
    method: contract.method,
    headers: { ...(content !== undefined && { 'content-type': type }), ...identity(platform, world, trial) },
    ...(content !== undefined && { body: content }),
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  });
  const answered = response.headers.get('content-type') ?? '';
  if (!answered.startsWith('text/event-stream'))
    return { status: response.status, type: answered, text: await response.text() };
  await response.body?.cancel();
  return { status: response.status, type: answered, text: '' };
}

function originOf(platform: Address, { contract, caller }: Trial): string {
  const isDirect = caller === 'workload' || caller === 'intruder';
  const { port } = topology[isDirect ? contract.service : 'gateway-service'];
  return `http://127.0.0.1:${port + platform.portOffset}`;
}

function bodyOf({ request }: Trial): { type: string; content?: string | Uint8Array<ArrayBuffer> } {
  const { rawBody, body } = request;
  if (rawBody !== undefined) return { type: rawBody.type, content: new Uint8Array(rawBody.content) };
  if (body === undefined) return { type: '' };
  return { type: 'application/json', content: JSON.stringify(body) };
}

function identity(platform: Address, world: World, trial: Trial): Record<string, string> {
  const { contract, request, caller } = trial;
  if (caller === 'nobody') return {};
  if (caller === 'workload') return { [internalTokenHeader]: platform.secrets.INTERNAL_API_TOKEN };
  if (caller === 'intruder')
    return { [internalTokenHeader]: 'x'.repeat(40), ...bearer(world.accessTokens.admin) };
  if (caller === 'forger') return bearer(`${world.accessTokens.admin.slice(0, -4)}AAAA`);
  const eventId = (request.body as { eventId?: unknown } | undefined)?.eventId;
  const entryToken = request.entryToken ?? world.entryToken(caller, eventId);
  const hasEntry = contract.entry === true && entryToken !== undefined;
  return { ...bearer(world.accessTokens[caller]), ...(hasEntry && { 'x-queue-entry-token': entryToken }) };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
