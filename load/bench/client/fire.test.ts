import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { entryTokenHeader, verifyEntryToken } from '@urr/entry-token/entry-token.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import { fire } from './fire.ts';
import { prepareRequests } from './prepare-requests.ts';
import type { RequestPlan } from './request-plan.ts';
import type { LoadJob } from './volley.ts';

async function listen(context: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const get: RequestPlan = { method: 'GET', path: '/', count: 1, isOnce: false };
const job = (port: number, changes: Partial<LoadJob> = {}): LoadJob => ({
  port,
  connections: 4,
  plan: get,
  expectedStatus: 200,
  rampMs: 50,
  durationMs: 200,
  ...changes,
});

test('answers are counted for the time asked for, after the ramp', async (context) => {
  let answered = 0;
  const port = await listen(context, (_request, response) => {
    answered += 1;
    response.end('ok');
  });
  const volley = await fire(job(port));
  assert.equal(volley.answersInAll, answered);
  assert.ok(volley.answers > 0 && volley.answers < answered);
  assert.ok(Math.abs(volley.seconds - 0.2) < 1e-6);
  assert.equal(volley.perSecond, volley.answers / volley.seconds);
});

test('one answer of another status fails the measurement and shows its body', async (context) => {
  let answered = 0;
  const port = await listen(context, (_request, response) => {
    answered += 1;
    response.writeHead(answered === 20 ? 503 : 200).end(answered === 20 ? 'too much' : 'ok');
  });
  await assert.rejects(fire(job(port)), /Answered 503 instead of 200: .*too much/s);
});

test('a server that goes away fails the measurement', async (context) => {
  let answered = 0;
  const port = await listen(context, (request, response) => {
    answered += 1;
    if (answered === 20) request.socket.destroy();
    else response.end('ok');
  });
  await assert.rejects(fire(job(port)), /closed a connection|ECONNRESET/);
});

test('nobody listening fails the measurement', async () => {
  await assert.rejects(fire(job(1)), /ECONNREFUSED/);
});

test('requests that are sent once end the measurement with the last one', async (context) => {
  const seen = new Set<string>();
  const port = await listen(context, (request, response) => {
    seen.add(request.headers.authorization ?? '');
    setTimeout(() => response.end('ok'), 40);
  });
  const accounts = { jwtSecret: Buffer.alloc(48, 1).toString('base64') };
  const plan = { ...get, count: 120, isOnce: true, accounts };
  const volley = await fire(job(port, { plan, rampMs: 0, durationMs: 2_000 }));
  assert.equal(volley.answersInAll, 120);
  assert.equal(seen.size, 120);
  assert.ok(volley.seconds < 2);
});

test('too few requests to measure anything are a fault', async (context) => {
  const port = await listen(context, (_request, response) => response.end('ok'));
  const plan = { ...get, count: 5, isOnce: true };
  await assert.rejects(fire(job(port, { plan })), /used up too early/);
});

test('every prepared hold is an account of its own with its own entry token and seats', () => {
  const jwtSecret = Buffer.alloc(48, 1).toString('base64');
  const entry = { secret: 'e'.repeat(40), eventId: 'event-1' };
  const body = { kind: 'own-seats', eventId: 'event-1', seatsEach: 2 } as const;
  const requests = prepareRequests({
    ...get,
    method: 'POST',
    count: 3,
    isOnce: true,
    accounts: { jwtSecret },
    entry,
    body,
  });
  const identify = createIdentityCheck(new Secret(jwtSecret));
  const holds = requests.map((bytes) => {
    const text = bytes.toString();
    const account = identify(/authorization: Bearer (\S+)/.exec(text)?.[1] ?? '')?.accountId;
    const token = new RegExp(`${entryTokenHeader}: (\\S+)`).exec(text)?.[1] ?? '';
    const verified = verifyEntryToken(token, Buffer.from(entry.secret), { nowSeconds: Date.now() / 1000 });
    assert.equal(verified.kind === 'valid' && verified.claims.accountId, account);
    return {
      account,
      seatIds: (JSON.parse(text.split('\r\n\r\n')[1] ?? '') as { seatIds: number[] }).seatIds,
    };
  });
  assert.equal(new Set(holds.map((hold) => hold.account)).size, 3);
  assert.deepEqual(
    holds.map((hold) => hold.seatIds),
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  );
});

test('accounts with several requests take turns, and never have two close together', () => {
  const accounts = { jwtSecret: Buffer.alloc(48, 1).toString('base64'), requestsEach: 3 };
  const requests = prepareRequests({ ...get, count: 4_000, accounts }).map((bytes) => bytes.toString());
  assert.equal(new Set(requests).size, 1_024 + (4_000 - 3 * 1_024));
  const lastAt = new Map<string, number>();
  requests.forEach((text, index) => {
    assert.ok(index - (lastAt.get(text) ?? -1_024) >= 1_024);
    lastAt.set(text, index);
  });
});
