import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ReservationParams } from '@urr/contracts/primitives.ts';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { type RouteContract, routeContract } from '@urr/contracts/route-contract.ts';
import { topology } from '@urr/contracts/topology.ts';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import pg from 'pg';
import { Type } from 'typebox';
import { type DatabaseWatch, watchDatabases } from '../database-snapshot.ts';
import { examine, type Trial } from './examine.ts';
import { refusedRequests } from './requests.ts';
import { sendTrial } from './send.ts';
import { everyState } from './trials/every-state.ts';
import { otherPeoples } from './trials/other-peoples.ts';
import { callerOf, choiceOf } from './trials/own.ts';
import { unknownIds } from './trials/unknown-ids.ts';
import type { World } from './world/world.ts';

const own = '11111111-1111-4111-8111-111111111111';
const others = '22222222-2222-4222-8222-222222222222';
const platformMigrations = path.join(import.meta.dirname, '../../packages/platform/migrations');

/** What a route of the stub is asked. */
interface Asked {
  readonly isSignedIn: boolean;
  readonly isOwner: boolean;
  readonly isKnown: boolean;
  readonly isSchemaKept: boolean;
}

type Behaviour = (
  asked: Asked,
) => Promise<ProblemCode | 'success' | 'leak'> | ProblemCode | 'success' | 'leak';

let database: TestDatabase;
let pool: pg.Pool;
let watch: DatabaseWatch;
let stub: Server;
let behave: Behaviour;

before(async () => {
  database = await createTestDatabase({ migrations: platformMigrations });
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  watch = await watchDatabases(new Map([['stub_db', database.url]]));
  stub = createServer((request, response) => {
    void answer(request).then(({ status, type, text }) => response.writeHead(status, type).end(text));
  });
  stub.listen(0, '127.0.0.1');
  await once(stub, 'listening');
});
after(async () => {
  stub.close();
  await watch.close();
  await pool.end();
  await database.drop();
});

async function answer(request: IncomingMessage) {
  await request.resume().toArray();
  const url = new URL(request.url ?? '', 'http://stub');
  const id = url.pathname.split('/').at(-1);
  const bearer = request.headers.authorization?.slice('Bearer '.length);
  const isKnown = id === own || id === others;
  const outcome = await behave({
    isSignedIn: bearer === 'fan-token' || bearer === 'stranger-token',
    isKnown,
    isOwner: bearer === (id === own ? 'fan-token' : 'stranger-token') && isKnown,
    isSchemaKept: /^\??(limit=[1-9])?$/.test(url.search) && /^[0-9a-f-]{36}$/.test(id ?? ''),
  });
  if (outcome === 'leak')
    return { status: 200, type: {}, text: JSON.stringify({ name: 'mina@example.com' }) };
  if (outcome === 'success') return { status: 200, type: {}, text: JSON.stringify({ name: 'nobody' }) };
  const problem = problemDocument(outcome, { language: 'en' });
  const type = { 'content-type': 'application/problem+json' };
  return { status: problem.status, type, text: JSON.stringify(problem) };
}

function contractOf(method: 'GET' | 'POST', access: 'account' | 'public' = 'account'): RouteContract {
  return routeContract({
    name: 'askStub',
    summary: 'A route with a fault',
    method,
    path: '/api/v1/stub/:reservationId',
    service: 'ticket-service',
    access,
    limit: 'general',
    params: ReservationParams,
    query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })) }),
    success: { status: 200, body: Type.Object({ name: Type.String() }) },
    refusals: ['reservation-not-found', 'reservation-over'],
  });
}

const world: World = {
  accessTokens: {
    fan: 'fan-token',
    stranger: 'stranger-token',
    organiser: 'organiser-token',
    rival: 'rival-token',
    admin: 'admin-token',
  },
  belongings: [
    { owner: 'fan', what: 'reservation', ids: { reservation: [own] } },
    { owner: 'stranger', what: 'reservation', ids: { reservation: [others] } },
  ],
  entryToken: () => undefined,
  privateWords: ['mina@example.com', own],
};

/** A route as it should be. */
const honest: Behaviour = ({ isSignedIn, isSchemaKept, isOwner }) => {
  if (!isSignedIn) return 'unauthenticated';
  if (!isSchemaKept) return 'invalid-input';
  return isOwner ? 'success' : 'reservation-not-found';
};

async function writeRow(): Promise<void> {
  await pool.query("INSERT INTO audit_log (actor, action, subject) VALUES ('stub', 'stub', 'stub')");
}

async function faultsOf(contract: RouteContract, behaviour: Behaviour): Promise<string[]> {
  behave = behaviour;
  const { port } = stub.address() as AddressInfo;
  const address = {
    portOffset: port - topology['gateway-service'].port,
    secrets: { INTERNAL_API_TOKEN: 'internal' },
  };
  const caller = callerOf(contract);
  const refused = refusedRequests(contract, choiceOf(world, 'own'));
  const trials = [
    ...refused.map((request): Trial => ({ contract, request, caller, expected: 'refused' })),
    ...unknownIds(world, contract),
    ...otherPeoples(world, contract),
    ...everyState(world, contract),
  ];
  const platform = {
    send: (trial: Trial) => sendTrial(address, world, trial),
    snapshot: () => watch.snapshot(),
    comeToRest: async () => {},
  };
  return examine(trials, platform);
}

function assertFound(faults: readonly string[], wanted: RegExp): void {
  assert.ok(faults.length > 0, 'no fault was found');
  for (const fault of faults) assert.match(fault, wanted);
}

test('a route without a fault has none', async () => {
  assert.deepEqual(await faultsOf(contractOf('GET'), honest), []);
  assert.deepEqual(await faultsOf(contractOf('POST'), honest), []);
});

test('a route that fails on an id of nothing is found', async () => {
  const failing: Behaviour = (asked) =>
    asked.isSignedIn && !asked.isKnown ? 'internal-error' : honest(asked);
  assertFound(await faultsOf(contractOf('POST'), failing), /→ 500 .*: fails$/);
});

test('a route that answers a stranger is found', async () => {
  const open: Behaviour = (asked) => honest({ ...asked, isOwner: asked.isKnown });
  assertFound(await faultsOf(contractOf('GET'), open), /by (stranger|rival).* → 200 .*: is not refused$/);
});

test('a route that answers anybody is found', async () => {
  const open: Behaviour = (asked) => honest({ ...asked, isSignedIn: true, isOwner: asked.isKnown });
  const faults = await faultsOf(contractOf('POST'), open);
  for (const caller of ['stranger', 'rival', 'nobody', 'forger'])
    assert.ok(
      faults.some((fault) => fault.includes(`by ${caller}: `)),
      caller,
    );
});

test('a route that tells everybody what is private is found', async () => {
  const leaking: Behaviour = ({ isSchemaKept }) => (isSchemaKept ? 'leak' : 'invalid-input');
  const faults = await faultsOf(contractOf('GET', 'public'), leaking);
  assert.ok(faults.some((fault) => /by nobody.*: tells mina@example.com$/.test(fault)));
});

test('a route that changes a row while it refuses is found, also one that only does so to its owner', async () => {
  const writing: Behaviour = async (asked) => {
    const outcome = await honest(asked);
    if (outcome !== 'success') await writeRow();
    return outcome;
  };
  const changed = /one of \d+ requests changed stub_db.audit_log$/;
  assertFound(await faultsOf(contractOf('GET'), writing), changed);
  const over: Behaviour = async (asked) => {
    const outcome = await honest(asked);
    if (outcome !== 'success') return outcome;
    await writeRow();
    return 'reservation-over';
  };
  assertFound(
    await faultsOf(contractOf('POST'), over),
    /by fan.*reservation-over.*: changed stub_db.audit_log$/,
  );
});

test('a route that reads and changes a row is found', async () => {
  const writing: Behaviour = async (asked) => {
    const outcome = await honest(asked);
    if (outcome === 'success') await writeRow();
    return outcome;
  };
  assertFound(await faultsOf(contractOf('GET'), writing), /changed stub_db.audit_log$/);
});

test('a change that leaves no record of itself is found', async () => {
  const forgetful: Behaviour = async (asked) => {
    const outcome = await honest(asked);
    if (outcome === 'success')
      await pool.query(
        `INSERT INTO idempotency_keys (caller, key, route, fingerprint, claimed_until)
         VALUES ('stub', gen_random_uuid()::text, 'stub', '', now())`,
      );
    return outcome;
  };
  assertFound(
    await faultsOf(contractOf('POST'), forgetful),
    /changed stub_db.idempotency_keys and left no record$/,
  );
  const faults = await faultsOf({ ...contractOf('POST'), refusals: [] }, forgetful);
  assert.ok(
    faults.some((fault) => fault.endsWith('and left no record')),
    'of a route that names no refusal',
  );
});

test('a query that nobody checks is found', async () => {
  const careless: Behaviour = (asked) => honest({ ...asked, isSchemaKept: true });
  const faults = await faultsOf(contractOf('GET'), careless);
  assert.ok(faults.some((fault) => /limit in the query is x.* → 200 .*: is not refused$/.test(fault)));
});

test('a refusal that is not in the table of its route is found', async () => {
  const strange: Behaviour = async (asked) => {
    const outcome = await honest(asked);
    return outcome === 'reservation-not-found' ? 'payment-not-found' : outcome;
  };
  assertFound(await faultsOf(contractOf('POST'), strange), /payment-not-found is not in the route's table$/);
});
