import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditReport } from '../drill/audit/audit-platform.ts';
import type { Fan } from '../drill/population.ts';
import { brokenGuarantees } from '../drill/report.ts';
import { readChaosConfig } from './chaos/config.ts';
import type { Kill } from './chaos/kill-spree.ts';
import { survive, type Survival } from './chaos/survive.ts';
import { joinWithFakedFlush, onUnguardedStage, sellWithoutReconciler } from './chaos/unguarded.ts';
import { exists } from './chaos/victims.ts';

const config = readChaosConfig(process.env);
const isQuick = config.killPoints < 50;
const size = isQuick
  ? { seats: 100, fans: 220, silentBuyers: 24, maxSeconds: 45, drill: { lobbyMs: 5_000, recast: hasten } }
  : { seats: 600, fans: 2_000, silentBuyers: 36, maxSeconds: 150 };

test('every guarantee holds after kill -9 of any process at any moment of a sale', async (context) => {
  const survival = await survive({ ...config, ...size });
  context.diagnostic(`seed ${config.seed}`);
  for (const line of summary(survival.kills)) context.diagnostic(line);
  const { drill } = survival;
  context.diagnostic(`sale ended ${drill.end} after ${drill.saleSeconds} s of ${drill.wallSeconds} s`);
  context.diagnostic(`refusals ${JSON.stringify(drill.refusals)}`);
  context.diagnostic(`endings ${JSON.stringify(drill.endings)}`);
  assert.deepEqual(brokenGuarantees(survival.drill), [], JSON.stringify(survival.drill.audit, null, 2));
  for (const sale of survival.silentSales) assertSilentSaleHolds(survival, sale);
  context.diagnostic(`${survival.leftToReconciler} payments and refunds left to the reconciler`);
  assert.ok(survival.leftToReconciler > 0, 'the last kills fell on an idle reconciler');
  assert.ok(survival.acknowledgedAccounts > 0);
  assert.deepEqual(survival.lostAccounts, [], 'acknowledged accounts that can not log in');
  assert.ok(survival.kills.length >= config.killPoints);
  assert.deepEqual(survival.restarts, restartsExpected(survival), 'no process ends by itself');
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

// Whoever waits for a hold to run out would make the quick run a long one.
function hasten(fan: Fan): Fan {
  const isSlow = fan.profile.abandonment === 'lets-expire';
  return isSlow ? { ...fan, profile: { ...fan.profile, abandonment: 'cancels' } } : fan;
}

// Its buyers went silent, so places they held and did not pay are free again: that is no fault.
function assertSilentSaleHolds({ drill }: Survival, silentSale: AuditReport): void {
  const excused = Math.min(silentSale.free, silentSale.stillWaiting);
  const audit = { ...silentSale, undersold: silentSale.undersold - excused };
  assert.ok(audit.sold > 0);
  assert.deepEqual(brokenGuarantees({ ...drill, audit }), [], JSON.stringify(silentSale, null, 2));
}

// A killed backend makes PostgreSQL recover without ending.
function restartsExpected({ kills, restarts }: Survival): Record<string, number> {
  const names = Object.keys(restarts);
  return Object.fromEntries(names.map((name) => [name, kills.filter((kill) => kill.victim === name).length]));
}

function summary(kills: readonly Kill[]): string[] {
  const byVictim = Map.groupBy(kills, (kill) => kill.victim);
  return [...byVictim].map(([victim, ofVictim]) => {
    const times = ofVictim
      .flatMap((kill) => kill.servedAfterMs ?? [])
      .toSorted((left, right) => left - right);
    const median = times[times.length >> 1]?.toFixed() ?? '–';
    const longest = times.at(-1)?.toFixed() ?? '–';
    const reconciling = ofVictim.filter((kill) => kill.during === 'reconciliation').length;
    return `${victim}: ${ofVictim.length} kills, ${reconciling} while reconciling; served again after ${median} ms (median), ${longest} ms (longest)`;
  });
}
