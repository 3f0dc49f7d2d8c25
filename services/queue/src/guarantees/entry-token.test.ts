import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type EntryClaims, verifyEntryToken } from '@urr/entry-token/entry-token.ts';
import type { Verified } from '@urr/entry-token/hs256.ts';
import {
  call,
  createFan,
  createWorld,
  entrySecret,
  type Fan,
  jwtSecret,
  post,
  type Replica,
  type World,
} from '../queue.fixture.ts';

let world: World;
let replicas: [Replica, Replica];
before(async () => {
  world = await createWorld();
  replicas = [await world.startReplica(), await world.startReplica()];
});
after(() => world.close());

async function admit(
  eventId: string,
  fan: Fan,
  replica: Replica = replicas[0],
): Promise<{ entryToken: string; slotEndsAt: string }> {
  await post(replica, `${eventId}/join`, fan);
  const { status, body } = await post<{ entryToken: string; slotEndsAt: string }>(
    replica,
    `${eventId}/enter`,
    fan,
  );
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

const verify = (
  token: string,
  nowSeconds = Date.now() / 1000,
  key: Uint8Array = Buffer.from(entrySecret),
): Verified<EntryClaims> => verifyEntryToken(token, key, { nowSeconds });

test('a token names one account and one event, and ends with the slot', async () => {
  const [one, other] = [await world.publish({ threshold: 50 }), await world.publish({ threshold: 50 })];
  const [fan, friend] = [createFan(), createFan()];
  const mine = await admit(one, fan);
  const verified = verify(mine.entryToken);
  assert.ok(verified.kind === 'valid');
  assert.deepEqual([verified.claims.eventId, verified.claims.accountId], [one, fan.accountId]);
  const endsAt = Date.parse(mine.slotEndsAt) / 1000;
  assert.equal(verify(mine.entryToken, endsAt - 1).kind, 'valid');
  assert.deepEqual(verify(mine.entryToken, endsAt), { kind: 'invalid', fault: 'expired' });
  const claims = [await admit(other, fan), await admit(one, friend)].map((entry) => verify(entry.entryToken));
  for (const given of claims) {
    assert.ok(given.kind === 'valid');
    const isMine = given.claims.eventId === one && given.claims.accountId === fan.accountId;
    assert.equal(isMine, false, 'no other token passes for mine');
  }
});

test('a second device and a second replica get the very same token', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const fan = createFan();
  const first = await admit(eventId, fan);
  const elsewhere = createFan('fan', fan.accountId);
  assert.deepEqual(await admit(eventId, elsewhere, replicas[1]), first);
  const { rows } = await world.pool.query('SELECT FROM slots WHERE event_id = $1', [eventId]);
  assert.equal(rows.length, 1);
});

test('an access token is no entry token, nor an entry token an access token', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const fan = createFan();
  const { entryToken } = await admit(eventId, fan);
  assert.equal(verify(fan.token, undefined, Buffer.from(jwtSecret.reveal(), 'base64')).kind, 'invalid');
  const answer = await call(replicas[0], `${eventId}/me`, { fan: { ...fan, token: entryToken } });
  assert.equal(answer.status, 401);
});

test('negative control: without the comparison of the account a stolen token is a valid one', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const { entryToken } = await admit(eventId, createFan());
  const thief = createFan();
  const verified = verify(entryToken);
  assert.ok(verified.kind === 'valid');
  assert.notEqual(verified.claims.accountId, thief.accountId);
});
