import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Deps } from '../deps.ts';
import { confirmPayment } from '../payments/confirm-payment.ts';
import { resolveAttempt } from '../payments/resolve-attempt.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { auditMoney, ledgerIsExact } from './audit-money.ts';
import { dyingDeps, healByReconcilerAlone, openProcess } from './crash.ts';
import { openOrder, openStage, type Order, type Stage } from './stage.ts';

let stage: Stage;
let healer: ReturnType<typeof openProcess>;
before(async () => {
  stage = await openStage({ TOSS_READ_TIMEOUT_MS: '250', CANCEL_SPACING_MS: '100' });
  healer = openProcess(stage);
});
afterEach(async () => {
  await stage.provider.clearFaults();
  await healByReconcilerAlone(stage, healer.deps);
});
after(async () => {
  await healer.close();
  await stage.close();
});

type Scenario = (deps: Deps, order: Order) => Promise<unknown>;

const arrive = (action?: string) => openOrder(stage, healer.deps, action);

/** Runs a scenario once per boundary, dying there; answers how many boundaries it has. */
async function dieEverywhere(
  scenario: Scenario,
  prepare: () => Promise<Order>,
  afterwards: (dieAt: number) => Promise<void>,
): Promise<number> {
  for (let dieAt = 0; ; dieAt += 1) {
    const order = await prepare();
    const { deps } = healer;
    const mortal = dyingDeps(deps, dieAt);
    await scenario(mortal.deps, order).catch(() => undefined);
    await deps.background.drained();
    await afterwards(dieAt);
    if (!mortal.isDead()) return dieAt;
  }
}

const heal = async (dieAt: number) => {
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), [], `after a crash at boundary ${dieAt}`);
};

const pay: Scenario = (deps, { accountId, paymentKey, orderId, amount }) =>
  confirmPayment(deps, { accountId, paymentKey, orderId, amount });

test('a crash between any two steps of a payment is healed by the reconciler alone', async () => {
  const boundaries = await dieEverywhere(pay, () => arrive(), heal);
  assert.ok(boundaries >= 10, `${boundaries} boundaries`);
  assert.ok(await ledgerIsExact({ ledger: healer.ledger, provider: healer.deps.provider }));
});

test('a crash between any two steps of giving the money of a lost hold back is healed', async () => {
  const lose = async () => {
    const order = await arrive();
    stage.tickets.loseHold(order.reservationId);
    return order;
  };
  const boundaries = await dieEverywhere(pay, lose, heal);
  assert.ok(boundaries >= 18, `${boundaries} boundaries`);
  assert.ok(await ledgerIsExact({ ledger: healer.ledger, provider: healer.deps.provider }));
});

test('a crash between any two steps of a refund is healed, and the money goes back once', async () => {
  const paid = async () => {
    const order = await arrive();
    await pay(healer.deps, order);
    return order;
  };
  const giveOneBack: Scenario = (deps, { accountId, paymentId, reservationId }) =>
    requestRefund(deps, {
      accountId,
      paymentId,
      ticketIds: stage.tickets.ticketsOf(reservationId).slice(0, 1),
    });
  const boundaries = await dieEverywhere(giveOneBack, paid, heal);
  assert.ok(boundaries >= 14, `${boundaries} boundaries`);
  assert.ok(await ledgerIsExact({ ledger: healer.ledger, provider: healer.deps.provider }));
});

test('a crash around a declined card or a virtual account leaves no money anywhere', async () => {
  for (const action of ['decline-at-confirm', 'approve-by-virtual-account']) {
    await dieEverywhere(pay, () => arrive(action), heal);
  }
});

const faults = [
  ['approve-then-timeout'],
  ['error-after-commit'],
  ['error-after-commit', { code: 'PROVIDER_ERROR' }],
  ['error-before-commit'],
  ['reset-after-commit'],
  ['reset-before-commit'],
  ['rate-limited'],
  ['consecutive-request'],
  ['slow', { delayMs: 600 }],
] as const;

for (const [kind, more] of faults) {
  const name = more === undefined ? kind : `${kind} ${JSON.stringify(more)}`;
  test(`a confirm that meets ${name} ends in tickets, charged once`, async () => {
    const order = await arrive();
    await stage.provider.fault('confirm', kind, { ...more, orderId: order.orderId });
    await pay(healer.deps, order);
    await healByReconcilerAlone(stage, healer.deps);
    assert.deepEqual(await auditMoney(stage), []);
    assert.equal((await healer.deps.attempts.findById(order.paymentId))?.state, 'fulfilled');
  });
  test(`a cancel that meets ${name} gives the money back once`, async () => {
    const order = await arrive();
    stage.tickets.loseHold(order.reservationId);
    await stage.provider.fault('cancel', kind, { ...more, orderId: order.orderId });
    await pay(healer.deps, order);
    await healByReconcilerAlone(stage, healer.deps);
    assert.deepEqual(await auditMoney(stage), []);
    assert.equal((await healer.deps.attempts.findById(order.paymentId))?.state, 'refunded');
  });
}

test('every look-up failing for a while only delays the truth', async () => {
  const order = await arrive();
  await stage.provider.fault('confirm', 'approve-then-timeout', { orderId: order.orderId });
  for (const kind of ['rate-limited', 'consecutive-request', 'reset-before-commit', 'error-before-commit']) {
    await stage.provider.fault('get', kind, { orderId: order.orderId });
  }
  await pay(healer.deps, order);
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), []);
});

test('a ticket-service that hears nothing, or answers nothing, only delays the tickets', async () => {
  for (const mood of ['deaf', 'mute'] as const) {
    const order = await arrive();
    stage.tickets.setMood(mood);
    await pay(healer.deps, order);
    assert.equal((await healer.deps.attempts.findById(order.paymentId))?.state, 'captured');
    stage.tickets.setMood('well');
    await healByReconcilerAlone(stage, healer.deps);
    assert.deepEqual(await auditMoney(stage), []);
  }
});

test('a ticket-service that is frozen, or at whose address a stranger answers, issues nothing that the buyer is told of', async () => {
  for (const mood of ['frozen', 'stranger'] as const) {
    const order = await arrive();
    stage.tickets.setMood(mood);
    const startedAt = performance.now();
    await pay(healer.deps, order);
    assert.ok(performance.now() - startedAt < 3_000, mood);
    assert.equal((await healer.deps.attempts.findById(order.paymentId))?.state, 'captured', mood);
    stage.tickets.setMood('well');
    await healByReconcilerAlone(stage, healer.deps);
    assert.deepEqual(await auditMoney(stage), []);
  }
});

test('a killed worker returns its rows: what it took is taken again after the lease', async () => {
  const order = await arrive();
  await pay(dyingDeps(healer.deps, 3).deps, order).catch(() => undefined);
  await stage.query(`UPDATE payment_attempts SET next_check_at = clock_timestamp() WHERE id = $1`, [
    order.paymentId,
  ]);
  const taken = await healer.deps.attempts.takeDue(300, 10);
  assert.deepEqual(
    taken.map(({ id }) => id),
    [order.paymentId],
  );
  assert.deepEqual(await healer.deps.attempts.takeDue(300, 10), []);
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), []);
});

test('many reconcilers at once do everything once', async () => {
  const orders = await Promise.all(Array.from({ length: 8 }, () => arrive()));
  for (const [index, order] of orders.entries()) {
    if (index % 2 === 0) stage.tickets.loseHold(order.reservationId);
    await pay(dyingDeps(healer.deps, 4).deps, order).catch(() => undefined);
  }
  await Promise.all(Array.from({ length: 4 }, () => healByReconcilerAlone(stage, healer.deps)));
  assert.deepEqual(await auditMoney(stage), []);
  const { ordersApprovedMoreThanOnce } = await stage.provider.audit();
  assert.deepEqual(ordersApprovedMoreThanOnce, []);
});

test('control: without the reconciler the same crashes leave money without tickets', async () => {
  const faultsSeen = new Set<string>();
  await dieEverywhere(
    pay,
    () => arrive(),
    async () => {
      for (const fault of await auditMoney(stage)) faultsSeen.add(fault.replace(/^\S+ /, ''));
    },
  );
  assert.ok(
    [...faultsSeen].some((fault) => fault.includes('80000 won held in state confirming')),
    [...faultsSeen].join(),
  );
  assert.ok(
    [...faultsSeen].some((fault) => fault.includes('80000 won paid without a ticket')),
    [...faultsSeen].join(),
  );
});

test('control: a client that takes silence for a refusal loses a paid order', async () => {
  const order = await arrive();
  await stage.provider.fault('confirm', 'approve-then-timeout', { orderId: order.orderId });
  const { provider } = healer.deps;
  const guessing: Deps = {
    ...healer.deps,
    provider: {
      ...provider,
      confirm: async (call) => {
        const answer = await provider.confirm(call);
        return answer.kind === 'no-answer'
          ? { kind: 'refused', code: 'REJECT_CARD_PAYMENT', message: '', status: 403 }
          : answer;
      },
    },
  };
  await pay(guessing, order).catch(() => undefined);
  const seen = await auditMoney(stage);
  assert.ok(
    seen.some((fault) => fault.includes('won held in state failed')),
    seen.join(),
  );
  // Repaired at the first hint: the late money is found and goes back.
  const failed = await healer.deps.attempts.findById(order.paymentId);
  assert.ok(failed?.state === 'failed');
  await resolveAttempt(healer.deps, failed);
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), []);
  assert.equal((await healer.deps.attempts.findById(order.paymentId))?.state, 'refunded');
});
