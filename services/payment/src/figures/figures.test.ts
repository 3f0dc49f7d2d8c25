import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { callRoute } from '@urr/contracts/call-route.ts';
import * as contract from '@urr/contracts/payment.ts';
import {
  openStage,
  type RunningService,
  type Stage,
  startService,
  tokenOf,
  until,
} from '../guarantees/stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  stage = await openStage();
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

const read = (
  eventId: string,
  accountId: string,
  role: 'fan' | 'organiser' | 'admin' = 'organiser',
  minutes?: number,
) =>
  callRoute(
    contract.readPaymentFigures,
    { params: { eventId }, query: minutes === undefined ? {} : { minutes } },
    { baseUrl: service.baseUrl, headers: { authorization: `Bearer ${tokenOf(accountId, role)}` } },
  );
const figuresOf = async (eventId: string, ownerId: string, minutes?: number) => {
  const result = await read(eventId, ownerId, 'organiser', minutes);
  return result.ok ? result.body : assert.fail(result.problem.code);
};
const codeOf = async (result: ReturnType<typeof read>) => {
  const answer = await result;
  return answer.ok ? 'ok' : answer.problem.code;
};

/** Moves every payment named to one event, as if all had been for it. */
async function gather(paymentIds: readonly string[], ownerId: string): Promise<string> {
  const eventId = stage.tickets.eventOf(service.buyer().reserve());
  stage.tickets.setOwner(eventId, ownerId);
  await stage.query('UPDATE payment_attempts SET event_id = $1 WHERE id = ANY($2)', [eventId, paymentIds]);
  return eventId;
}

test('an organiser sees what became of the payments of their event', async () => {
  const [payer, decliner, leaver, idler] = [
    service.buyer(),
    service.buyer(),
    service.buyer(),
    service.buyer(),
  ];
  const paid = await payer.authenticate(payer.reserve());
  await payer.confirm(paid.order);
  await payer.refund(
    paid.paymentId,
    stage.tickets.ticketsOf((await payer.read(paid.paymentId)).reservationId),
  );
  await until(
    () => payer.read(paid.paymentId),
    ({ state }) => state === 'refunded',
  );
  const declined = await decliner.authenticate(decliner.reserve(), 'decline-at-confirm');
  await decliner.confirm(declined.order);
  const left = await leaver.start(leaver.reserve());
  await service.call(contract.failPayment, leaver.accountId, {
    body: { paymentId: left.paymentId, code: 'PAY_PROCESS_CANCELED' },
  });
  const idle = await idler.start(idler.reserve());
  const ownerId = randomUUID();
  const payments = [paid.paymentId, declined.paymentId, left.paymentId, idle.paymentId];
  const { now, confirm, perMinute, ...counts } = await figuresOf(await gather(payments, ownerId), ownerId);
  assert.deepEqual(counts, {
    eventId: counts.eventId,
    minutes: 10,
    started: 4,
    open: 1,
    checking: 0,
    done: 1,
    declined: 1,
    abandoned: 1,
    refunded: 1,
    refundedAmount: 80_000,
  });
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < 5_000);
  assert.ok(confirm !== null && confirm.p50Ms <= confirm.p95Ms && confirm.p95Ms < 10_000);
  const sum = (key: 'done' | 'failed') => perMinute.reduce((total, minute) => total + minute[key], 0);
  assert.deepEqual([sum('done'), sum('failed')], [1, 2]);
});

test('what is older than the window does not count, and without outcomes there is no time to confirm', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  await buyer.confirm(order);
  const ownerId = randomUUID();
  const eventId = await gather([paymentId], ownerId);
  await stage.query(
    "UPDATE payment_attempts SET created_at = created_at - interval '3 minutes' WHERE id = $1",
    [paymentId],
  );
  assert.equal((await figuresOf(eventId, ownerId, 5)).done, 1);
  const recent = await figuresOf(eventId, ownerId, 2);
  assert.deepEqual([recent.started, recent.confirm, recent.perMinute], [0, null, []]);
});

test('another organiser and a fan learn nothing; an admin sees every event', async () => {
  const ownerId = randomUUID();
  const eventId = await gather([], ownerId);
  assert.equal(await codeOf(read(eventId, randomUUID())), 'forbidden');
  assert.equal(await codeOf(read(eventId, ownerId, 'fan')), 'forbidden');
  assert.equal(await codeOf(read(eventId, randomUUID(), 'admin')), 'ok');
  assert.equal(await codeOf(read(eventId, ownerId)), 'ok');
  assert.equal(await codeOf(read(randomUUID(), ownerId, 'admin')), 'event-not-found');
});

test('while ticket-service is away, an owner that is known reads on, and an unknown one is told to come back', async () => {
  const ownerId = randomUUID();
  const [known, unknown] = [await gather([], ownerId), await gather([], ownerId)];
  await figuresOf(known, ownerId);
  stage.tickets.setMood('deaf');
  assert.equal(await codeOf(read(known, ownerId)), 'ok');
  assert.equal(await codeOf(read(unknown, ownerId)), 'upstream-unavailable');
  stage.tickets.setMood('well');
  assert.equal(await codeOf(read(unknown, ownerId)), 'ok');
});
