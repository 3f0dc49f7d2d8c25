import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import { call, createFan, createWorld, type Fan, post, type Replica, type World } from '../queue.fixture.ts';

// G11: the organiser whose event it is runs its sale, and nobody else but an admin reads or changes it.

let world: World;
let replica: Replica;
before(async () => {
  world = await createWorld();
  replica = await world.startReplica();
});
after(() => world.close());

const owner = createFan('organiser');
const actions = [
  { action: 'open' },
  { action: 'pause', notice: { ko: '잠시만요', en: 'One moment' } },
  { action: 'resume' },
  { action: 'drain' },
  { action: 'capacity', capacity: 1 },
  { action: 'rate', ratePerSecond: 1 },
];
const reads = ['control', 'control/audit', 'control/history'];

async function rowOf(eventId: string) {
  const { rows } = await world.pool.query<Record<string, unknown>>(
    `SELECT capacity, rate_per_second, is_paused, is_draining, notice, opens_at,
       (SELECT count(*) FROM audit_log WHERE subject = 'sale:' || event_id) AS changes
     FROM sales WHERE event_id = $1`,
    [eventId],
  );
  return rows[0];
}

async function assertShutOut(eventId: string, who: Fan): Promise<void> {
  const before_ = await rowOf(eventId);
  for (const body of actions) {
    const answer = await post(replica, `${eventId}/control`, who, body);
    assert.deepEqual([answer.status, answer.body['code']], [403, 'forbidden'], body.action);
  }
  for (const path of reads) {
    const answer = await call(replica, `${eventId}/${path}`, { fan: who });
    assert.deepEqual([answer.status, answer.body['code']], [403, 'forbidden'], path);
  }
  assert.deepEqual(await rowOf(eventId), before_);
}

test('an organiser runs the sale of their own event, and the audit names them', async () => {
  const eventId = await world.publish({ ownerId: owner.accountId });
  for (const body of actions)
    assert.equal((await post(replica, `${eventId}/control`, owner, body)).status, 200, body.action);
  for (const path of reads)
    assert.equal((await call(replica, `${eventId}/${path}`, { fan: owner })).status, 200, path);
  const { body } = await call<{ entries: { actor: string; action: string }[] }>(
    replica,
    `${eventId}/control/audit`,
    { fan: owner },
  );
  assert.deepEqual(body.entries[0], { ...body.entries[0], actor: owner.accountId, action: 'line.rate' });
  const room = await call<ControlRoom>(replica, `${eventId}/control`, { fan: createFan('admin') });
  assert.equal(room.body.capacity, 1);
});

test('another organiser and a fan can neither read it nor change anything', async () => {
  const eventId = await world.publish({ ownerId: owner.accountId });
  await assertShutOut(eventId, createFan('organiser'));
  await assertShutOut(eventId, createFan('fan', owner.accountId));
  assert.equal((await call(replica, `${eventId}/control`)).status, 401);
  const nowhere = await call(replica, `${randomUUID()}/control`, { fan: owner });
  assert.equal(nowhere.body['code'], 'sale-not-found');
});

test('without the row that says whose event it is, the rule would shut nobody out (negative control)', async () => {
  const stranger = createFan('organiser');
  const eventId = await world.publish({ ownerId: owner.accountId });
  await world.pool.query('UPDATE sales SET owner_id = $2 WHERE event_id = $1', [eventId, stranger.accountId]);
  assert.equal((await post(replica, `${eventId}/control`, stranger, { action: 'drain' })).status, 200);
});
