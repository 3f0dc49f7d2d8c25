import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { sql } from 'kysely';
import { type Database, openDatabase } from './database.ts';
import { claimKey, fingerprintOf, releaseKey, storeAnswer } from './idempotency.ts';
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

test('the same request again replays the stored answer', async () => {
  await claimKey(database.db, request('replay'));
  await storeAnswer(database.db, request('replay'), { status: 201, body: { id: 7 } });
  assert.deepEqual(await claimKey(database.db, request('replay')), {
    kind: 'replay',
    status: 201,
    body: { id: 7 },
  });
});

test('another body under the same key is refused, in flight and after', async () => {
  await claimKey(database.db, request('body', 1));
  await assert.rejects(claimKey(database.db, request('body', 2)), refusedWith('idempotency-key-reused'));
  await storeAnswer(database.db, request('body', 1), { status: 200, body: null });
  await assert.rejects(claimKey(database.db, request('body', 2)), refusedWith('idempotency-key-reused'));
});

test("another caller's key is another key", async () => {
  await claimKey(database.db, request('mine'));
  assert.deepEqual(await claimKey(database.db, request('mine', 2, 'account-2')), { kind: 'run' });
});

test('a released key runs again: a busy answer is not stored', async () => {
  await claimKey(database.db, request('busy'));
  await releaseKey(database.db, request('busy'));
  assert.deepEqual(await claimKey(database.db, request('busy')), { kind: 'run' });
});

test('the claim of a killed process can be taken over once its time is up by the store clock', async () => {
  await claimKey(database.db, request('killed'));
  await assert.rejects(claimKey(database.db, request('killed')), refusedWith('request-in-flight'));
  await sql`UPDATE idempotency_keys SET claimed_until = clock_timestamp() - interval '1 second' WHERE key = 'killed'`.execute(
    database.db,
  );
  assert.deepEqual(await claimKey(database.db, request('killed')), { kind: 'run' });
});
