import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mock, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { signEntryToken, verifyEntryToken } from '@urr/entry-token/entry-token.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

test("ticket-service itself refuses a missing, forged, other event's or other account's entry token", async () => {
  const { push, reserve, inject, environment } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const codeWith = async (entryToken: string | undefined) => {
    const headers = { ...buyer.headers, 'x-queue-entry-token': entryToken ?? '' };
    const answer = await reserve({ ...buyer, headers }, [0]);
    return [answer.statusCode, answer.json<{ code: string }>().code];
  };
  const tokenOf = (headers: Readonly<Record<string, string>>) => headers['x-queue-entry-token'];
  assert.deepEqual(await codeWith(undefined), [403, 'entry-token-missing']);
  assert.deepEqual(await codeWith('nonsense'), [403, 'entry-token-invalid']);
  assert.deepEqual(await codeWith(tokenOf(buyerOf(eventId).headers)), [403, 'entry-token-foreign']);
  const elsewhere = buyerOf(randomUUID(), { accountId: buyer.accountId });
  assert.deepEqual(await codeWith(tokenOf(elsewhere.headers)), [403, 'entry-token-foreign']);
  const old = buyerOf(eventId, { accountId: buyer.accountId, slotSeconds: -200 });
  assert.deepEqual(await codeWith(tokenOf(old.headers)), [403, 'entry-token-expired']);
  const forged = signEntryToken(
    { eventId, accountId: buyer.accountId, slotId: 'x', startsAtSeconds: 0, endsAtSeconds: 9e9 },
    Buffer.from('another key of at least 32 letters'),
  );
  assert.deepEqual(await codeWith(forged), [403, 'entry-token-invalid']);
  assert.equal(environment.LOG_LEVEL, 'silent');
  // A cookie serves as well as the header.
  const { authorization = '' } = buyer.headers;
  const answer = await inject({
    method: 'POST',
    url: '/api/v1/seats/reserve',
    headers: { authorization, cookie: `urr-entry-token=${tokenOf(buyer.headers) ?? ''}` },
    payload: { eventId, seatIds: [0] },
  });
  assert.equal(answer.statusCode, 201, answer.body);
});

for (const skewMs of [60_000, -60_000]) {
  test(`the store's clock ends slots and holds, though the process's is ${skewMs / 1000} s off`, async (context) => {
    const realNow = Date.now;
    const { push, reserve, hold, pool } = await startTicket({
      HOLD_SECONDS: '1',
      SWEEP_INTERVAL_MS: '600000',
    });
    const eventId = await push(seatInventory(seatsOf(1, 20)));
    const accountId = randomUUID();
    const brief = buyerOf(eventId, { accountId, slotSeconds: 3 });
    const clock = mock.method(Date, 'now', () => realNow() + skewMs);
    context.after(() => clock.mock.restore());
    const inside = await reserve(brief, [0]);
    assert.equal(inside.statusCode, 201, inside.body);
    const { rows } = await pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM held_until - clock_timestamp())::float8 AS seconds FROM reservations',
    );
    assert.ok((rows[0]?.seconds ?? 9) <= 1);
    await sleep(3_100);
    assert.equal((await reserve(brief, [1])).json<{ code: string }>().code, 'entry-token-expired');
    await hold(buyerOf(eventId, { slotSeconds: 600 + skewMs / 1000 + 60 }), [0]);
  });
}

test('control: a process whose clock is a minute off would end the slot at the wrong time', () => {
  const key = Buffer.from('a key of at least thirty-two letters');
  const nowSeconds = Math.floor(Date.now() / 1000);
  const slot = {
    eventId: 'e',
    accountId: 'a',
    slotId: 's',
    startsAtSeconds: nowSeconds,
    endsAtSeconds: nowSeconds + 3,
  };
  const token = signEntryToken(slot, key);
  assert.equal(verifyEntryToken(token, key, { nowSeconds: nowSeconds + 60 }).kind, 'invalid');
  assert.equal(verifyEntryToken(token, key, { nowSeconds: nowSeconds + 10 - 60 }).kind, 'valid');
});
