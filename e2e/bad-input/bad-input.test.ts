import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { problemTable } from '@urr/contracts/problem-table.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { allRoutes } from '@urr/contracts/routes.ts';
import { topology } from '@urr/contracts/topology.ts';
import { type Role, signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import { Secret } from '@urr/platform/secret.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import pg from 'pg';
import { freePortOffset } from '../../tools/platform/ports.ts';
import { type RunningPlatform, startPlatform } from '../../tools/platform/start-platform.ts';
import { snapshot } from '../database-snapshot.ts';
import { type BadRequest, hostileRequests, refusedRequests } from './requests.ts';

let directory: string;
let portOffset: number;
let platform: RunningPlatform;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'urr-bad-input-'));
  portOffset = await freePortOffset();
  const unlimited = Object.fromEntries(
    ['AUTH', 'QUEUE', 'BOOKING', 'GENERAL'].map((name) => [`RATE_LIMIT_${name}_PER_MINUTE`, '10000000']),
  );
  platform = await startPlatform({
    stateDirectory: directory,
    portOffset,
    environment: { ...unlimited, LOG_LEVEL: 'error' },
  });
});
after(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

function tokenOf(role: Role): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const account = { accountId: randomUUID(), role, sessionId: randomUUID() };
  const time = { nowSeconds, lifetimeSeconds: 3_600, tokenId: randomUUID() };
  return signAccessToken(account, time, signingKey(new Secret(platform.secrets.JWT_SECRET)));
}

// Public routes by the gateway, internal ones as another workload would call them.
async function send(contract: RouteContract, request: BadRequest, token: string) {
  const isInternal = contract.access === 'internal';
  const port = topology[isInternal ? contract.service : 'gateway-service'].port + portOffset;
  const response = await fetch(`http://127.0.0.1:${port}${request.path}`, {
    method: contract.method,
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(isInternal
        ? { [internalTokenHeader]: platform.secrets.INTERNAL_API_TOKEN }
        : { authorization: `Bearer ${token}` }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: isStream ? '' : await response.text(),
  };
}

function assertProblem(answer: Awaited<ReturnType<typeof send>>, said: string): void {
  assert.match(answer.type, /^application\/problem\+json/, said);
  const { code, status } = JSON.parse(answer.text) as { code: string; status: number };
  assert.ok(code in problemTable, `${said}: ${code} is not in the table`);
  assert.equal(status, answer.status, said);
}

// A mail owed for an earlier request would be sent in the middle of a comparison.
async function noMailIsWaiting(): Promise<void> {
  const client = new pg.Client({ connectionString: platform.databaseUrl('auth_db') });
  await client.connect();
  try {
    const isQuiet = async () =>
      (await client.query('SELECT FROM mails WHERE next_attempt_at IS NOT NULL')).rowCount === 0;
    await waitUntil(isQuiet, { what: 'all mails to be sent', timeoutMs: 15_000 });
  } finally {
    await client.end();
  }
}

function databases(): Map<string, string> {
  const names = Object.values(topology).flatMap((workload) =>
    workload.database === null ? [] : [workload.database],
  );
  return new Map(names.map((name) => [name, platform.databaseUrl(name)]));
}

// What changes by itself, or by being called at all.
const restless = new Set(['queue_db.sales', 'auth_db.login_failures']);

for (const contract of allRoutes) {
  test(`${contract.name} refuses what its schemas refuse, and changes nothing`, async () => {
    const token = tokenOf('admin');
    await noMailIsWaiting();
    const beforehand = await snapshot(databases(), restless);
    for (const request of refusedRequests(contract)) {
      const answer = await send(contract, request, token);
      const said = `${contract.method} ${request.path.slice(0, 120)}: ${request.why} → ${answer.status} ${answer.text.slice(0, 200)}`;
      if (request.path.includes('?') && answer.status < 400) continue;
      assert.ok(answer.status >= 400 && answer.status < 500, said);
      assertProblem(answer, said);
    }
    assert.deepEqual(await snapshot(databases(), restless), beforehand);
  });

  test(`${contract.name} never fails on ids of nothing, odd characters and values at the edge`, async () => {
    const token = tokenOf(contract.access === 'organiser' || contract.access === 'admin' ? 'admin' : 'fan');
    for (const request of hostileRequests(contract)) {
      const answer = await send(contract, request, token);
      const said = `${contract.method} ${request.path.slice(0, 120)}: ${request.why} → ${answer.status} ${answer.text.slice(0, 200)}`;
      assert.ok(answer.status < 500, said);
      if (answer.status >= 400) assertProblem(answer, said);
    }
  });

  if (contract.access === 'account' || contract.access === 'organiser' || contract.access === 'admin') {
    test(`${contract.name} answers 401 to nobody${contract.access === 'account' ? '' : ' and 403 to a fan'}`, async () => {
      const [request] = hostileRequests(contract);
      assert.ok(request);
      assert.equal((await send(contract, request, 'nonsense')).status, 401);
      if (contract.access !== 'account')
        assert.equal((await send(contract, request, tokenOf('fan'))).status, 403);
    });
  }
}
