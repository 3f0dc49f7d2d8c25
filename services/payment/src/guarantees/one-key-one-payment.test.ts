import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Deps } from '../deps.ts';
import { confirmPayment } from '../payments/confirm-payment.ts';
import { auditMoney } from './audit-money.ts';
import { healByReconcilerAlone, openProcess } from './crash.ts';
import { openOrder, openStage, type Order, type Stage } from './stage.ts';

let stage: Stage;
let process: ReturnType<typeof openProcess>;
before(async () => {
  stage = await openStage({ TOSS_READ_TIMEOUT_MS: '250' });
  process = openProcess(stage);
});
after(async () => {
  await process.close();
  await stage.close();
});

const arrive = (action?: string, held?: Order) => openOrder(stage, process.deps, action, held);

/** A client that sends one key with every confirm: the provider then repeats its first answer to all of them. */
function withOneKey(): Deps {
  const key = `shared-${randomUUID()}`;
  const { provider } = process.deps;
  return {
    ...process.deps,
    provider: {
      ...provider,
      confirm: (call) =>
        provider.confirm({
          ...call,
          idempotencyKey: call.idempotencyKey.endsWith('-1') ? key : call.idempotencyKey,
        }),
    },
  };
}

test('a key the provider has seen for another payment charges nobody and captures nothing until the truth is known', async () => {
  const deps = withOneKey();
  const first = await arrive();
  const second = await arrive();
  assert.equal((await confirmPayment(deps, first)).state, 'confirmed');
  // The provider answers DONE, of the first payment. The order is compared, looked up and asked for under a new key.
  await confirmPayment(deps, second);
  await healByReconcilerAlone(stage, process.deps);
  assert.deepEqual(await auditMoney(stage), []);
  const [row] = await stage.query(`SELECT state, confirm_generation FROM payment_attempts WHERE id = $1`, [
    second.paymentId,
  ]);
  assert.deepEqual(row, { state: 'fulfilled', confirm_generation: 2 });
});

test('control: the repeated answer says DONE though the second payment took no money', async () => {
  const first = await arrive();
  const second = await arrive();
  const idempotencyKey = randomUUID();
  const { provider } = process.deps;
  await provider.confirm({ ...first, idempotencyKey });
  const answer = await provider.confirm({ ...second, idempotencyKey });
  assert.ok(answer.kind === 'payment' && answer.payment.status === 'DONE');
  assert.equal((await stage.provider.paymentsOf(second.orderId))[0]?.approvals, 0);
  await provider.cancel({ paymentKey: first.paymentKey, reason: 'control', idempotencyKey: randomUUID() });
});

test('a declined card is followed by an accepted one, for each attempt has a key of its own', async () => {
  const declined = await arrive('decline-at-confirm');
  await assert.rejects(confirmPayment(process.deps, declined), { code: 'payment-declined' });
  const accepted = await arrive('approve', declined);
  assert.equal((await confirmPayment(process.deps, accepted)).state, 'confirmed');
});

test('control: a key made of the reservation repeats the decline to the next card', async () => {
  const deps = withOneKey();
  const declined = await arrive('decline-at-confirm');
  await assert.rejects(confirmPayment(deps, declined), { code: 'payment-declined' });
  const good = await arrive('approve', declined);
  await assert.rejects(confirmPayment(deps, good), { code: 'payment-declined' });
});
