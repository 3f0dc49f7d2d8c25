import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DomainEventData,
  type DomainEventEnvelope,
  reservationConfirmed,
  slotReleased,
} from '@urr/contracts/domain-events.ts';
import { withDeadline } from '@urr/platform/deadline.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { createFan, createWorld, type Fan, post, type Replica, type World } from '../queue.fixture.ts';

type Released = DomainEventData<typeof slotReleased>;

const heard: Released[] = [];
let world: World;
let replica: Replica;
before(async () => {
  world = await createWorld();
  replica = await world.startReplica();
  await world.startReplica();
  world.bus.subscribe({
    consumer: 'listener',
    topic: slotReleased.topic,
    handle: async ({ type, data }) => {
      if (type === slotReleased.type) heard.push(data as Released);
    },
    deadLetters: { bury: async () => {}, replayRequested: async () => 0 },
  });
});
beforeEach(() => void heard.splice(0));
after(() => world.close());

interface SlotRow {
  readonly slot_id: string;
  readonly ends_at: Date;
}

/** Lets a fan in; answers the slot. */
async function admit(eventId: string, fan: Fan): Promise<SlotRow> {
  await post(replica, `${eventId}/join`, fan);
  const entered = await post(replica, `${eventId}/enter`, fan);
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  const { rows } = await world.pool.query<SlotRow>(
    'SELECT slot_id, ends_at FROM slots WHERE event_id = $1 AND account_id = $2 ORDER BY arrival DESC LIMIT 1',
    [eventId, fan.accountId],
  );
  return rows[0] ?? assert.fail('no slot');
}

function confirmed(eventId: string, { accountId }: Fan, slotId?: string): DomainEventEnvelope {
  const purchase = { reservationId: randomUUID(), paymentId: randomUUID(), amount: 1, eventId, accountId };
  const places = { seatIds: [1], grades: ['R'], ticketIds: [randomUUID()] };
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/ticket-service',
    type: reservationConfirmed.type,
    subject: purchase.reservationId,
    time: new Date().toISOString(),
    data: { ...purchase, ...places, ...(slotId === undefined ? {} : { slotId }) },
  };
}

const isHeard = () => waitUntil(() => heard.length > 0, { timeoutMs: 3_000, what: 'the end of the slot' });

function expected(eventId: string, fan: Fan, slot: SlotRow, reason: Released['reason']): Released {
  const { accountId } = fan;
  return { eventId, accountId, slotId: slot.slot_id, endsAt: slot.ends_at.toISOString(), reason };
}

test('who leaves with a running slot ends its token too: announced once, however often one leaves', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const fan = createFan();
  const slot = await admit(eventId, fan);
  await Promise.all([post(replica, `${eventId}/leave`, fan), post(replica, `${eventId}/leave`, fan)]);
  await post(replica, `${eventId}/leave`, fan);
  await isHeard();
  await sleep(300);
  assert.deepEqual(heard, [expected(eventId, fan, slot, 'left')]);
});

test('a sale whose line stands still holds up no other sale', async () => {
  const [stuck, moving] = [await world.publish({ threshold: 50 }), await world.publish({ threshold: 50 })];
  const fans = [createFan(), createFan(), createFan()] as const;
  await admit(stuck, fans[0]);
  await admit(stuck, fans[1]);
  const slot = await admit(moving, fans[2]);
  const inTheWay = await world.pool.connect();
  await inTheWay.query('BEGIN');
  await inTheWay.query('SELECT FROM sales WHERE event_id = $1 FOR UPDATE', [stuck]);
  const late = world.bus.publish('reservation-events', [
    confirmed(stuck, fans[0]),
    confirmed(stuck, fans[1]),
  ]);
  try {
    await sleep(100);
    const free = world.bus.publish('reservation-events', [confirmed(moving, fans[2])]);
    await withDeadline(free, 500, 'the other sale');
    await isHeard();
    assert.deepEqual(heard, [expected(moving, fans[2], slot, 'confirmed')]);
  } finally {
    await inTheWay.query('COMMIT');
    inTheWay.release();
  }
  await late;
  await waitUntil(() => heard.length === 3, { timeoutMs: 3_000, what: 'the others' });
});

for (const named of [true, false]) {
  test(`a purchase that ${named ? 'names its slot' : 'names no slot'} frees and announces it once`, async () => {
    const eventId = await world.publish({ threshold: 50 });
    const fan = createFan();
    const slot = await admit(eventId, fan);
    const message = confirmed(eventId, fan, named ? slot.slot_id : undefined);
    await world.bus.publish('reservation-events', [message]);
    await world.bus.publish('reservation-events', [message]);
    await isHeard();
    await sleep(300);
    assert.deepEqual(heard, [expected(eventId, fan, slot, 'confirmed')]);
  });
}

test('a purchase made in an earlier slot leaves the slot of the next admission alone', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const fan = createFan();
  const first = await admit(eventId, fan);
  await post(replica, `${eventId}/leave`, fan);
  const second = await admit(eventId, fan);
  assert.notEqual(second.slot_id, first.slot_id);
  await world.bus.publish('reservation-events', [confirmed(eventId, fan, first.slot_id)]);
  await sleep(300);
  assert.deepEqual(heard, [expected(eventId, fan, first, 'left')]);
});

test('a waiting place, or a slot that simply reaches its end, needs no message', async () => {
  const eventId = await world.publish({ capacity: 1, slotSeconds: 30, threshold: 50 });
  const [inside, waiting] = [createFan(), createFan()];
  await admit(eventId, inside);
  await post(replica, `${eventId}/join`, waiting);
  await post(replica, `${eventId}/leave`, waiting);
  await world.pool.query('UPDATE slots SET ends_at = clock_timestamp() WHERE event_id = $1', [eventId]);
  await waitUntil(
    async () =>
      (await world.pool.query('SELECT FROM slots WHERE event_id = $1 AND reason IS NOT NULL', [eventId]))
        .rowCount === 1,
    { what: 'the end of the slot' },
  );
  await sleep(300);
  assert.deepEqual(heard, []);
});

test('control: a slot freed by a row alone is heard of by nobody', async () => {
  const eventId = await world.publish({ threshold: 50 });
  const fan = createFan();
  const slot = await admit(eventId, fan);
  await world.pool.query(`UPDATE slots SET released_at = now(), reason = 'left' WHERE slot_id = $1`, [
    slot.slot_id,
  ]);
  await sleep(400);
  assert.deepEqual(heard, []);
});
