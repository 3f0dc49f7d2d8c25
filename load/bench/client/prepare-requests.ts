import { randomUUID } from 'node:crypto';
import { entryTokenHeader, signEntryToken } from '@urr/entry-token/entry-token.ts';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import type { PlannedBody, RequestPlan } from './request-plan.ts';

const tokenLifetimeSeconds = 1_800;
/** More than connections ever are. */
const peopleAtATime = 1_024;

/** The bytes of every request of a plan, ready to be written. */
export function prepareRequests(plan: RequestPlan): Buffer[] {
  const newTokens = createTokens(plan);
  const requestsEach = plan.accounts?.requestsEach ?? 1;
  const turn: string[][] = [];
  // The same people take turns until each had all of theirs, so that nobody has two requests under way.
  const tokensOf = (index: number): string[] => {
    const seat = index % peopleAtATime;
    if (index % (peopleAtATime * requestsEach) < peopleAtATime) turn[seat] = newTokens();
    return turn[seat] ?? [];
  };
  return Array.from({ length: plan.count }, (_, index) => {
    const body = plan.body === undefined ? '' : bodyOf(plan.body, index);
    const lines = [
      `${plan.method} ${plan.path} HTTP/1.1`,
      'host: 127.0.0.1',
      ...tokensOf(index),
      ...(plan.body === undefined
        ? []
        : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
    ];
    return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}

function createTokens({ accounts, entry }: RequestPlan): () => string[] {
  if (accounts === undefined) return () => [];
  const key = signingKey(new Secret(accounts.jwtSecret));
  const entryKey = entry && Buffer.from(entry.secret, 'utf8');
  const nowSeconds = Math.floor(Date.now() / 1000);
  return () => {
    const accountId = randomUUID();
    const time = { nowSeconds, lifetimeSeconds: tokenLifetimeSeconds, tokenId: randomUUID() };
    const token = signAccessToken({ accountId, role: 'fan', sessionId: randomUUID() }, time, key);
    const lines = [`authorization: Bearer ${token}`];
    if (entry === undefined || entryKey === undefined) return lines;
    const slot = {
      eventId: entry.eventId,
      accountId,
      slotId: randomUUID(),
      startsAtSeconds: nowSeconds,
      endsAtSeconds: nowSeconds + tokenLifetimeSeconds,
    };
    return [...lines, `${entryTokenHeader}: ${signEntryToken(slot, entryKey)}`];
  };
}

function bodyOf(body: PlannedBody, index: number): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'own-seats': {
      const first = (body.firstSeat ?? 0) + index * body.seatsEach;
      const seatIds = Array.from({ length: body.seatsEach }, (_, offset) => first + offset);
      return JSON.stringify({ eventId: body.eventId, seatIds });
    }
    case 'hot-and-own-seat':
      return JSON.stringify({ eventId: body.eventId, seatIds: [body.hotSeat, body.hotSeat + 1 + index] });
  }
}
