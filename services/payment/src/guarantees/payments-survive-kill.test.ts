import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { callRoute } from '@urr/contracts/call-route.ts';
import * as contract from '@urr/contracts/payment.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { auditMoney, ledgerIsExact } from './audit-money.ts';
import { healByReconcilerAlone, openProcess } from './crash.ts';
import { openStage, type Stage, tokenOf } from './stage.ts';

const rounds = 4;
const main = path.join(import.meta.dirname, '../main.ts');

let stage: Stage;
before(async () => {
  stage = await openStage({ CANCEL_SPACING_MS: '100' });
});
after(() => stage.close());

async function startProcess(port: number) {
  const process = await spawnProcess(main, [], { env: { ...stage.environment, PORT: String(port) } });
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntil(isUp, { timeoutMs: 15_000, what: 'payment-service' });
  return process;
}

/** Buys, and now and then gives back, until told to stop; what fails is tried by nobody again. */
async function keepBuying(baseUrl: string, isOver: () => boolean, acknowledged: string[]): Promise<void> {
  while (!isOver()) {
    const accountId = randomUUID();
    const options = {
      baseUrl,
      headers: { authorization: `Bearer ${tokenOf(accountId)}` },
      deadlineMs: 3_000,
    };
    const reservationId = stage.tickets.reserve(accountId, [20_000, 20_000]);
    const opened = await callRoute(contract.startPayment, { body: { reservationId } }, options);
    if (!opened.ok) {
      await sleep(20);
      continue;
    }
    const { orderId, amount, paymentId } = opened.body;
    const paymentKey = await stage.provider.authenticate({ orderId, amount });
    if (Math.random() < 0.2) stage.tickets.loseHold(reservationId);
    const confirmed = await callRoute(
      contract.confirmPayment,
      { body: { paymentKey, orderId, amount } },
      options,
    );
    if (!confirmed.ok || confirmed.body.state !== 'confirmed') continue;
    acknowledged.push(paymentId);
    if (Math.random() < 0.3)
      await callRoute(contract.requestRefund, { params: { paymentId }, body: {} }, options);
  }
}

test('killed at any moment and started again, the service loses no acknowledged payment and no won', async () => {
  const port = await freePort();
  const acknowledged: string[] = [];
  let isOver = false;
  let process = await startProcess(port);
  const buyers = Array.from({ length: 6 }, () =>
    keepBuying(`http://127.0.0.1:${port}`, () => isOver, acknowledged),
  );
  for (let round = 0; round < rounds; round += 1) {
    await sleep(200 + Math.random() * 500);
    await process.kill('SIGKILL');
    process = await startProcess(port);
  }
  await sleep(200);
  isOver = true;
  await Promise.all(buyers);
  await process.kill('SIGKILL');
  const healer = openProcess(stage);
  await healByReconcilerAlone(stage, healer.deps);
  assert.deepEqual(await auditMoney(stage), []);
  assert.ok(await ledgerIsExact({ ledger: healer.ledger, provider: healer.deps.provider }));
  await healer.close();
  const kept = await stage.query(
    `SELECT 1 FROM payment_attempts WHERE id = ANY($1::uuid[]) AND state IN ('fulfilled', 'refunded')`,
    [acknowledged],
  );
  assert.ok(acknowledged.length > 10, `${acknowledged.length} payments`);
  assert.equal(kept.length, acknowledged.length);
});
