import type { AuditReport } from '../../drill/audit/audit-platform.ts';
import { brokenGuarantees } from '../../drill/report.ts';
import type { Kill } from './kill-spree.ts';
import type { Survival } from './survive.ts';

/** All that did not hold in a run, as sentences; empty when every guarantee held. */
export function faultsOf(survival: Survival, killPoints: number): string[] {
  const { drill, silentSales, lostAccounts, kills } = survival;
  const expected = kills.filter(({ isRestarted }) => isRestarted).length;
  const restarts = Object.values(survival.restarts).reduce((sum, count) => sum + count, 0);
  return [
    ...brokenGuarantees(drill).map((name) => `the sale: ${name} ${JSON.stringify(drill.audit)}`),
    ...silentSales.flatMap((sale) => silentSaleFaults(survival, sale)),
    ...lostAccounts.map((account) => `an acknowledged account cannot log in: ${account}`),
    ...(survival.leftToReconciler > 0 ? [] : ['the last blows fell on an idle reconciler']),
    ...(survival.acknowledgedAccounts > 0 ? [] : ['nobody could register']),
    ...(kills.length >= killPoints ? [] : [`${kills.length} blows fell instead of ${killPoints}`]),
    ...(restarts === expected
      ? []
      : [`${restarts} restarts after ${expected} kills: ${JSON.stringify(survival.restarts)}`]),
  ];
}

/** What was struck how often, and how soon it served again. */
export function blowsText(kills: readonly Kill[]): string[] {
  const byVictim = Map.groupBy(kills, (kill) => kill.victim);
  return [...byVictim].map(([victim, ofVictim]) => {
    const times = ofVictim
      .flatMap((kill) => kill.servedAfterMs ?? [])
      .toSorted((left, right) => left - right);
    const median = times[times.length >> 1]?.toFixed() ?? '–';
    const longest = times.at(-1)?.toFixed() ?? '–';
    const reconciling = ofVictim.filter((kill) => kill.during === 'reconciliation').length;
    return `${victim}: ${ofVictim.length} blows, ${reconciling} while reconciling; served again after ${median} ms (median), ${longest} ms (longest)`;
  });
}

// Its buyers went silent, so places they held and did not pay are free again: that is no fault.
function silentSaleFaults({ drill }: Survival, silentSale: AuditReport): string[] {
  const excused = Math.min(silentSale.free, silentSale.stillWaiting);
  const audit = { ...silentSale, undersold: silentSale.undersold - excused };
  const broken = brokenGuarantees({ ...drill, audit });
  if (silentSale.sold === 0) broken.push('nothing sold');
  return broken.map((name) => `a silent sale: ${name} ${JSON.stringify(silentSale)}`);
}
