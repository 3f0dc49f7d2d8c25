import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Deps } from '../deps.ts';
import { confirmPayment } from '../payments/confirm-payment.ts';
import { resolveAttempt } from '../payments/resolve-attempt.ts';
import { auditMoney } from './audit-money.ts';
import { dyingDeps, healByReconcilerAlone, openProcess, reconcilerOf } from './crash.ts';
import { holdMs, keepMs } from './fake-ticket-service.ts';
import { openOrder, openStage, type Order, type Stage } from './stage.ts';

let stage: Stage;
let healer: ReturnType<typeof openProcess>;
before(async () => {
  stage = await openStage({ TOSS_READ_TIMEOUT_MS: '250', CANCEL_SPACING_MS: '100' });
  healer = openProcess(stage);
});
afterEach(async () => {
  stage.tickets.setMood('well');
  await stage.provider.clearFaults();
  await healByReconcilerAlone(stage, healer.deps);
});
after(async () => {
  await healer.close();
  await stage.close();
});

/** A buyer back from the payment window, whose provider falls silent; `confirm` says before or after it took the money. */
async function arrive(confirm: string) {
  const order = await openOrder(stage, healer.deps);
  const { orderId } = order;
  await stage.provider.fault('confirm', confirm, { orderId, count: null });
  const silence = await stage.provider.fault('get', 'reset-before-commit', { orderId, count: null });
  return { ...order, silence: silence['id'] };
}

const pay = (deps: Deps, { accountId, paymentKey, orderId, amount }: Order) =>
  confirmPayment(deps, { accountId, paymentKey, orderId, amount });
const stateOf = async ({ paymentId }: Order) => (await healer.deps.attempts.findById(paymentId))?.state;

/** One look of the reconciler at everything that is not at its end. */
async function lookOnce(deps: Deps): Promise<void> {
  await stage.query(
    `UPDATE payment_attempts SET next_check_at = clock_timestamp() WHERE state IN ('confirming', 'unknown')`,
  );
  const reconciler = reconcilerOf(deps);
  await reconciler.tick();
  await reconciler.stop();
}

/** The provider forgets what was not confirmed within ten minutes, we ask a minute longer. */
async function forget({ paymentId }: Order): Promise<void> {
  await stage.provider.send('POST', 'clock', { advanceMs: keepMs });
  await stage.query(
    `UPDATE payment_attempts SET confirming_at = confirming_at - interval '12 minutes' WHERE id = $1`,
    [paymentId],
  );
}

/** The provider speaks again; answers where the payment has come to. */
async function learnTheTruth(order: Order) {
  await stage.provider.clearFaults();
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), []);
  return stateOf(order);
}

test('a provider that took the money and is silent beyond the end of the hold costs nobody their seats', async () => {
  const order = await arrive('approve-then-timeout');
  assert.equal((await pay(healer.deps, order)).state, 'checking');
  stage.tickets.pass(holdMs + 60_000);
  assert.equal(stage.tickets.takeInstead(order.reservationId), false, 'another buyer got the seats');
  assert.equal(await learnTheTruth(order), 'fulfilled');
  assert.equal(stage.tickets.ticketsOf(order.reservationId).length, 2);
});

test('control: where nobody asks for the hold, the seats are another buyer’s and the money goes back', async () => {
  const order = await arrive('approve-then-timeout');
  const { tickets } = healer.deps;
  const careless: Deps = {
    ...healer.deps,
    tickets: { ...tickets, keep: async () => ({ kind: 'unknown' }) },
  };
  await pay(careless, order);
  stage.tickets.pass(holdMs + 60_000);
  assert.equal(stage.tickets.takeInstead(order.reservationId), true);
  assert.equal(await learnTheTruth(order), 'refunded');
});

test('a request that the provider refused as wrong keeps no hold: anybody could bring one about', async () => {
  const asked: string[] = [];
  const { deps } = healer;
  const silent: Deps = {
    ...deps,
    provider: { ...deps.provider, findByOrder: async () => ({ kind: 'no-answer', reason: 'silent' }) },
    tickets: {
      ...deps.tickets,
      keep: async (reservationId) => {
        asked.push(reservationId);
        return { kind: 'unknown' };
      },
    },
  };
  const order = await arrive('approve-then-timeout');
  const attempt = await deps.attempts.findById(order.paymentId);
  assert.ok(attempt !== undefined);
  await resolveAttempt(silent, { ...attempt, state: 'unknown', confirmAnswer: 'our-fault' });
  assert.deepEqual(asked, []);
  await resolveAttempt(silent, { ...attempt, state: 'unknown', confirmAnswer: 'fault' });
  assert.deepEqual(asked, [order.reservationId]);
});

test('a payment the provider knows nothing of fails, and its seats are free at the latest when the time is up', async () => {
  const order = await arrive('reset-before-commit');
  await pay(healer.deps, order);
  await forget(order);
  assert.equal(await learnTheTruth(order), 'failed');
  stage.tickets.pass(keepMs - 30_000);
  assert.equal(stage.tickets.takeInstead(order.reservationId), false);
  stage.tickets.pass(60_000);
  assert.equal(stage.tickets.takeInstead(order.reservationId), true);
});

test('a crash anywhere before the hold was asked for is made good by the next look, though the provider is still silent', async () => {
  let boundaries = 0;
  for (let isDead = true; isDead; boundaries += 1) {
    const order = await arrive('approve-then-timeout');
    const mortal = dyingDeps(healer.deps, boundaries);
    await pay(mortal.deps, order).catch(() => undefined);
    await healer.deps.background.drained();
    isDead = mortal.isDead();
    const wasAsked = (await stateOf(order)) !== 'created';
    await lookOnce(healer.deps);
    assert.equal(
      stage.tickets.isKept(order.reservationId),
      wasAsked,
      `after a crash at boundary ${boundaries}`,
    );
    if (wasAsked) await learnTheTruth(order);
  }
  assert.ok(boundaries > 6, `${boundaries} boundaries`);
});

for (const mood of ['deaf', 'frozen', 'stranger'] as const) {
  test(`a ticket-service that is ${mood} holds nothing up: the truth is learnt without it, the hold asked for again`, async () => {
    const order = await arrive('approve-then-timeout');
    const doubted = await arrive('approve-then-timeout');
    stage.tickets.setMood(mood);
    const startedAt = performance.now();
    const answers = await Promise.all([pay(healer.deps, order), pay(healer.deps, doubted)]);
    await healer.deps.background.drained();
    assert.ok(performance.now() - startedAt < 3_000);
    assert.deepEqual(
      [...answers.map(({ state }) => state), await stateOf(order)],
      ['checking', 'checking', 'unknown'],
    );

    await stage.provider.clearFault(order.silence);
    await lookOnce(healer.deps);
    assert.deepEqual([await stateOf(order), await stateOf(doubted)], ['captured', 'unknown']);
    assert.equal(stage.tickets.isKept(doubted.reservationId), false);

    stage.tickets.setMood('well');
    await lookOnce(healer.deps);
    assert.equal(stage.tickets.isKept(doubted.reservationId), true);
    assert.deepEqual([await learnTheTruth(doubted), await stateOf(order)], ['fulfilled', 'fulfilled']);
  });
}
