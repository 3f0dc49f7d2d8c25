import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChaosConfig } from './chaos/config.ts';
import { blowsText, faultsOf } from './chaos/judge.ts';
import { quickSale } from './chaos/quick-sale.ts';
import { survive } from './chaos/survive.ts';
import { joinWithFakedFlush, onUnguardedStage, sellWithoutReconciler } from './chaos/unguarded.ts';
import { exists } from './chaos/victims.ts';

const config = readChaosConfig(process.env);
const isQuick = config.killPoints < 50;
const size = isQuick
  ? { ...quickSale, maxSeconds: 45 }
  : { seats: 600, fans: 2_000, silentBuyers: 36, maxSeconds: 150 };

test('every guarantee holds after kill -9 of any process at any moment of a sale', async (context) => {
  const survival = await survive({ ...config, ...size, isCluster: false });
  context.diagnostic(`seed ${config.seed}`);
  for (const line of blowsText(survival.kills)) context.diagnostic(line);
  const { drill } = survival;
  context.diagnostic(`sale ended ${drill.end} after ${drill.saleSeconds} s of ${drill.wallSeconds} s`);
  context.diagnostic(`refusals ${JSON.stringify(drill.refusals)}`);
  context.diagnostic(`endings ${JSON.stringify(drill.endings)}`);
  context.diagnostic(`${survival.leftToReconciler} payments and refunds left to the reconciler`);
  assert.deepEqual(faultsOf(survival, config.killPoints), []);
  assert.deepEqual(survival.lastProcesses.filter(exists), [], 'processes left behind by a normal stop');
});

test('the same kills find what breaks when a guard is off', { skip: isQuick }, async (context) => {
  await onUnguardedStage(async (stage, platform) => {
    const unreconciled = await sellWithoutReconciler(stage, platform);
    context.diagnostic(`without the reconciler: ${unreconciled.paidWithoutTicket} paid without ticket`);
    assert.ok(unreconciled.paidWithoutTicket > 0);
    assert.ok(unreconciled.unsettledPayments > 0);
    const unflushed = await joinWithFakedFlush(stage, platform);
    context.diagnostic(`without a flush before the answer: ${unflushed.lostPlaces} lost places`);
    assert.ok(unflushed.lostPlaces > 0);
  });
});
