import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  type DomainEventData,
  paymentRefunded,
  refundOrdered,
  reservationConfirmed,
} from '@urr/contracts/domain-events.ts';
import { startAuth } from './auth.fixture.ts';

const auth = await startAuth();
await auth.run();
const fan = (await auth.registerFan()).account;
const ids = { reservationId: randomUUID(), eventId: randomUUID(), paymentId: randomUUID() };
const title = { ko: '한강의 밤', en: 'A Night by the Han' };

type Told = typeof reservationConfirmed | typeof paymentRefunded | typeof refundOrdered;

function publish<Definition extends Told>(
  { type, topic }: Definition,
  data: DomainEventData<Definition>,
  id: string = randomUUID(),
  ageHours = 0,
) {
  const time = new Date(Date.now() - ageHours * 3_600_000).toISOString();
  const source = '/ticket-service';
  return auth.bus.publish(topic, [
    {
      specversion: '1.0',
      id,
      source,
      type,
      subject: ids.reservationId,
      time,
      data,
    },
  ]);
}

const booked = (accountId: string): DomainEventData<typeof reservationConfirmed> => ({
  ...ids,
  accountId,
  amount: 264_000,
  seatIds: [4, 5],
  grades: ['VIP', 'VIP'],
  ticketIds: [randomUUID(), randomUUID()],
  show: { title, venue: title, startsAt: '2026-12-24T10:00:00.000Z' },
  seats: [{ section: 'A', row: '3', seat: '12', grade: 'VIP' }],
  places: [{ name: { ko: '스탠딩', en: 'Standing' }, quantity: 1 }],
});
const owed = async () =>
  (await auth.pool.query("SELECT template FROM mails WHERE template <> 'welcome' ORDER BY created_at")).rows;

test('tickets booked are told once, however often the event comes', async () => {
  const id = randomUUID();
  const data = booked(fan.accountId);
  for (let time = 0; time < 3; time += 1) await publish(reservationConfirmed, data, id);
  const mail = await auth.mailTo(fan.email, /예매가 완료되었습니다: 한강의 밤/);
  assert.match(mail.text_body, /좌석: A 3열 12번, 스탠딩 × 1\n매수: 2매\n결제 금액: 264,000원/);
  assert.ok(mail.text_body.includes(`http://localhost:3000/ko/reservations/${ids.reservationId}`));
  assert.deepEqual(await owed(), [{ template: 'tickets-booked' }]);
});

test('a refund is told with its amount; one for places that were gone says so', async () => {
  const facts = { accountId: fan.accountId, amount: 132_000, orderName: '한강의 밤 2매' };
  const refund = { ...ids, ...facts, refundId: randomUUID() };
  await publish(paymentRefunded, { ...refund, ticketIds: [randomUUID()] });
  const done = await auth.mailTo(fan.email, /환불이 완료/);
  assert.match(done.text_body, /주문: 한강의 밤 2매\n환불 금액: 132,000원/);
  await publish(paymentRefunded, { ...refund, refundId: randomUUID(), ticketIds: [] });
  await auth.mailTo(fan.email, /환불이 완료/);
  const both = async () => (await auth.mailsTo(fan.email)).filter((mail) => /환불이 완료/.test(mail.subject));
  while ((await both()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match((await both())[1]?.text_body ?? '', /선점 시간이 지나/);
});

test('a cancelled show is told', async () => {
  const order = {
    ...ids,
    accountId: fan.accountId,
    refundId: randomUUID(),
    ticketIds: [randomUUID()],
    amount: 99_000,
  };
  await publish(refundOrdered, { ...order, title });
  const mail = await auth.mailTo(fan.email, /공연이 취소되었습니다: 한강의 밤/);
  assert.match(mail.text_body, /환불 금액: 99,000원/);
});

test('what is more than a day old is no news: a new consumer group begins with the oldest event', async () => {
  const before = await owed();
  await publish(reservationConfirmed, booked(fan.accountId), randomUUID(), 25);
  assert.deepEqual(await owed(), before);
  await publish(reservationConfirmed, booked(fan.accountId), randomUUID(), 23);
  assert.equal((await owed()).length, before.length + 1);
});

test('an account nobody knows is owed nothing', async () => {
  const before = await owed();
  await publish(reservationConfirmed, booked(randomUUID()));
  assert.deepEqual(await owed(), before);
});
