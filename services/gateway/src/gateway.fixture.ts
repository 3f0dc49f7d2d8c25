import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import { after } from 'node:test';
import { signEntryToken } from '@urr/entry-token/entry-token.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import type { AccountRole } from '@urr/contracts/auth.ts';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import { gatewayService } from './service.ts';

const jwtSecret = randomBytes(32).toString('base64');
const entrySecret = randomBytes(32).toString('hex');

/** What a fake service received. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How a fake service answers. */
export type Answer = (request: Received, response: ServerResponse, raw: IncomingMessage) => void;

/** A service behind the gateway that notes what it receives. */
export async function startUpstream(answer: Answer = answerOk) {
  const received: Received[] = [];
  const behaviour = { answer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      behaviour.answer(one, response, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  after(stop);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, received, behaviour, server, stop };
}

export function answerOk(_request: Received, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
}

/** Environment of a gateway that sends everything to one service. */
export function gatewayEnvironment(origin: string): Record<string, string> {
  return {
    LOG_LEVEL: 'silent',
    PORT: '0',
    JWT_SECRET: jwtSecret,
    INTERNAL_API_TOKEN: randomBytes(32).toString('hex'),
    QUEUE_ENTRY_TOKEN_SECRET: entrySecret,
    AUTH_SERVICE_URL: origin,
    CATALOG_SERVICE_URL: origin,
    QUEUE_SERVICE_URL: origin,
    TICKET_SERVICE_URL: origin,
    PAYMENT_SERVICE_URL: origin,
  };
}

/** A gateway that sends everything to one fake service, unless `settings` say otherwise. */
export async function startGateway(origin: string, settings: Readonly<Record<string, string>> = {}) {
  const environment = { ...gatewayEnvironment(origin), ...settings };
  const service = await gatewayService.create(environment, { bus: createInProcessBus() });
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
  after(async () => {
    await service.app.close();
    await service.stop();
  });
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    sendRaw(url, method, path, headers, body);
  return { service, url, send };
}

/** Sends exactly this path: `fetch` would tidy it up. */
function sendRaw(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | undefined,
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: string; code: unknown }>(
    (resolve, reject) => {
      const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isProblem = response.headers['content-type']?.startsWith('application/problem+json') === true;
          const code: unknown = isProblem ? (JSON.parse(text) as { code: unknown }).code : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code });
        });
      });
      request.on('error', reject);
      request.end(body);
    },
  );
}

/** A signed-in person. */
export function person(role: AccountRole = 'fan', accountId: string = randomUUID()) {
  const token = signAccessToken(
    { accountId, role, sessionId: randomUUID() },
    { nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds: 1800, tokenId: randomUUID() },
    signingKey(new Secret(jwtSecret)),
  );
  return { accountId, token, authorization: { authorization: `Bearer ${token}` } };
}

/** An entry token for an account. */
export function entryToken(accountId: string, endsInSeconds = 600, secret = entrySecret): string {
  const now = Math.floor(Date.now() / 1000);
  const slot = { eventId: randomUUID(), accountId, slotId: randomUUID(), startsAtSeconds: now - 600 };
  return signEntryToken({ ...slot, endsAtSeconds: now + endsInSeconds }, Buffer.from(secret, 'utf8'));
}
