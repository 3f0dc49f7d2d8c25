import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { sql } from 'kysely';
import { type Database, openDatabase } from './database.ts';
import {
  type Claim,
  claimKey,
  fingerprintOf,
  type KeyedRequest,
  releaseKey,
  storeAnswer,
} from './idempotency.ts';
import { createLogger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Problem } from './problem.ts';
import { Secret } from './secret.ts';

let testDatabase: TestDatabase;
let database: Database<PlatformTables>;

before(async () => {
  testDatabase = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  database = openDatabase({
    url: new Secret(testDatabase.url),
    poolSize: 20,
    logger: createLogger('test', 'silent'),
  });
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const request = (key: string, body: unknown = 1, caller = 'account-1') => ({
  caller,
  key,
  route: 'pay',
  fingerprint: fingerprintOf('pay', undefined, undefined, body),
});
const refusedWith = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

test('of many at once with one key exactly one runs, and the others are told that it is in flight', async () => {
  const claims = await Promise.allSettled(
    Array.from({ length: 20 }, () => claimKey(database.db, request('race'))),
  );
  assert.equal(claims.filter((claim) => claim.status === 'fulfilled').length, 1);
  for (const claim of claims)
    if (claim.status === 'rejected') assert.ok(refusedWith('request-in-flight')(claim.reason));
});

test('negative control: looking first and claiming then lets several of them run', async () => {
  const sees = async () => {
    const found = await sql`SELECT 1 FROM idempotency_keys WHERE caller = 'looker' AND key = 'k'`.execute(
      database.db,
    );
    return found.rows.length > 0;
  };
  const claims = async () => {
    const key = sql`'looker', 'k', 'pay', '', clock_timestamp() + interval '1 minute'`;
    await sql`
      INSERT INTO idempotency_keys (caller, key, route, fingerprint, claimed_until) VALUES (${key})
      ON CONFLICT (caller, key) DO UPDATE SET claimed_until = excluded.claimed_until`.execute(database.db);
  };
  let running = 0;
  const runIfUnclaimed = async () => {
    if (await sees()) return;
    await claims();
    running += 1;
  };
  await Promise.all(Array.from({ length: 20 }, runIfUnclaimed));
  assert.ok(running > 1, `${running}`);
});

test('the same request again replays the stored answer', async () => {
  const claim = await claimToRun(request('replay'));
  await storeAnswer(database.db, claim, { status: 201, body: { id: 7 } });
  assert.deepEqual(await claimKey(database.db, request('replay')), {
    kind: 'replay',
    status: 201,
    body: { id: 7 },
  });
});

test('another body under the same key is refused, in flight and after', async () => {
  const claim = await claimToRun(request('body', 1));
  await assert.rejects(claimKey(database.db, request('body', 2)), refusedWith('idempotency-key-reused'));
  await storeAnswer(database.db, claim, { status: 200, body: null });
  await assert.rejects(claimKey(database.db, request('body', 2)), refusedWith('idempotency-key-reused'));
});

test("another caller's key is another key", async () => {
  await claimKey(database.db, request('mine'));
  await claimToRun(request('mine', 2, 'account-2'));
});

test('a released key runs again: a busy answer is not stored', async () => {
  await releaseKey(database.db, await claimToRun(request('busy')));
  await assert.rejects(claimKey(database.db, request('busy', 2)), refusedWith('idempotency-key-reused'));
  await claimToRun(request('busy'));
});

test('the claim of a killed process can be taken over once its time is up by the store clock', async () => {
  await claimKey(database.db, request('killed'));
  await assert.rejects(claimKey(database.db, request('killed')), refusedWith('request-in-flight'));
  await runOut('killed');
  await claimToRun(request('killed'));
});

test('who was overtaken after its time neither stores over its successor nor gives its successor’s claim away', async () => {
  const overtaken = await claimToRun(request('slow'));
  await runOut('slow');
  const successor = await claimToRun(request('slow'));
  await releaseKey(database.db, overtaken);
  await assert.rejects(claimKey(database.db, request('slow')), refusedWith('request-in-flight'));
  await storeAnswer(database.db, overtaken, { status: 201, body: { id: 1 } });
  await assert.rejects(claimKey(database.db, request('slow')), refusedWith('request-in-flight'));
  await storeAnswer(database.db, successor, { status: 201, body: { id: 2 } });
  await storeAnswer(database.db, overtaken, { status: 201, body: { id: 1 } });
  assert.deepEqual(await claimKey(database.db, request('slow')), {
    kind: 'replay',
    status: 201,
    body: { id: 2 },
  });
});

async function claimToRun(keyed: KeyedRequest): Promise<Claim> {
  const outcome = await claimKey(database.db, keyed);
  if (outcome.kind !== 'run') return assert.fail('this request was answered before');
  return outcome.claim;
}

/** As if the time of a key's claim were up. */
function runOut(key: string) {
  return sql`UPDATE idempotency_keys SET claimed_until = clock_timestamp() - interval '1 second' WHERE key = ${key}`.execute(
    database.db,
  );
}
