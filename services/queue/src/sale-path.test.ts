import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { verifyEntryToken } from '@urr/entry-token/entry-token.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  call,
  createFan,
  createWorld,
  entrySecret,
  post,
  type Replica,
  type World,
} from './queue.fixture.ts';

let world: World;
let replica: Replica;
before(async () => {
  world = await createWorld();
  replica = await world.startReplica();
});
after(() => world.close());

test('below the threshold joining and entering pass straight through', async () => {
  const eventId = await world.publish({ threshold: 40 });
  const fan = createFan();
  const joined = await post<Place>(replica, `${eventId}/join`, fan);
  assert.equal(joined.status, 200, JSON.stringify(joined.body));
  assert.equal(joined.body.state, 'called');
  assert.equal(joined.body.number, 1);
  const entered = await post<{ entryToken: string; slotEndsAt: string }>(replica, `${eventId}/enter`, fan);
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  const verified = verifyEntryToken(entered.body.entryToken, Buffer.from(entrySecret), {
    nowSeconds: Date.now() / 1000,
  });
  assert.equal(verified.kind, 'valid');
  const cookie = String(entered.headers.get('set-cookie'));
  assert.match(cookie, /^urr-entry-token=ey[^;]+; Max-Age=\d+; Path=\/api; HttpOnly; SameSite=Lax$/);
  const again = await post<{ entryToken: string }>(replica, `${eventId}/enter`, fan);
  assert.equal(again.body.entryToken, entered.body.entryToken);
  const mine = await call<Place>(replica, `${eventId}/me`, { fan });
  assert.equal(mine.body.state, 'admitted');
});

test('with a line, people are called by the tick and told so', async () => {
  const eventId = await world.publish({ capacity: 2, ratePerSecond: 10 });
  const fans = [createFan(), createFan(), createFan()];
  for (const fan of fans) await post(replica, `${eventId}/join`, fan);
  await waitUntil(async () => (await call<StateDocument>(replica, `${eventId}/state`)).body.serving === 2, {
    what: 'two to be called',
  });
  const third = await post(replica, `${eventId}/enter`, fans[2] ?? createFan());
  assert.equal(third.status, 409);
  assert.equal(third.body['code'], 'not-your-turn');
  const first = await post(replica, `${eventId}/enter`, fans[0] ?? createFan());
  assert.equal(first.status, 200);
  await post(replica, `${eventId}/leave`, fans[0] ?? createFan());
  await waitUntil(async () => (await call<StateDocument>(replica, `${eventId}/state`)).body.serving === 3, {
    what: 'the third to be called',
  });
});
