import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fan } from '../drill/population.ts';
import { brokenGuarantees } from '../drill/report.ts';
import { readChaosConfig } from './chaos/config.ts';
import type { Kill } from './chaos/kill-spree.ts';
import { survive, type Survival } from './chaos/survive.ts';
import { exists } from './chaos/victims.ts';

const config = readChaosConfig(process.env);
const isQuick = config.killPoints < 50;
const size = isQuick
  ? { seats: 100, fans: 220, silentBuyers: 16, maxSeconds: 45, drill: { lobbyMs: 5_000, recast: hasten } }
  : { seats: 600, fans: 2_000, silentBuyers: 60, maxSeconds: 150 };

test('every guarantee holds after kill -9 of any process at any moment of a sale', async (context) => {
  const survival = await survive({ ...config, ...size });
  context.diagnostic(`seed ${config.seed}`);
  for (const line of summary(survival.kills)) context.diagnostic(line);
  assert.deepEqual(brokenGuarantees(survival.drill), [], JSON.stringify(survival.drill.audit, null, 2));
  assertSilentSaleHolds(survival);
  assert.ok(survival.acknowledgedAccounts > 0);
  assert.deepEqual(survival.lostAccounts, [], 'acknowledged accounts that can not log in');
  assert.ok(survival.kills.length >= config.killPoints);
  assert.deepEqual(survival.restarts, restartsExpected(survival), 'no process ends by itself');
  assert.deepEqual(survival.lastProcesses.filter(exists), [], 'processes left behind by a normal stop');
});

// Whoever waits for a hold to run out would make the quick run a long one.
function hasten(fan: Fan): Fan {
  const isSlow = fan.profile.abandonment === 'lets-expire';
  return isSlow ? { ...fan, profile: { ...fan.profile, abandonment: 'cancels' } } : fan;
}

// Its buyers went silent, so places they held and did not pay are free again: that is no fault.
function assertSilentSaleHolds({ silentSale, drill }: Survival): void {
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
    const times = ofVictim.flatMap((kill) => kill.servedAfterMs ?? []).toSorted((left, right) => left - right);
    const median = times[times.length >> 1]?.toFixed() ?? '–';
    const longest = times.at(-1)?.toFixed() ?? '–';
    const reconciling = ofVictim.filter((kill) => kill.during === 'reconciliation').length;
    return `${victim}: ${ofVictim.length} kills, ${reconciling} while reconciling; served again after ${median} ms (median), ${longest} ms (longest)`;
  });
}
