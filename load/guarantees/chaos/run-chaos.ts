import type { DrillOptions } from '../../drill/options.ts';
import { createProgressLine } from '../../drill/progress.ts';
import type { DrillReport } from '../../drill/report.ts';
import { blowsText, faultsOf } from './judge.ts';
import { survive } from './survive.ts';
import { exists } from './victims.ts';

/** A drill's report, the blows that fell, and all that did not hold. */
export interface ChaosReport {
  readonly report: DrillReport;
  readonly blows: readonly string[];
  readonly faults: readonly string[];
}

const silentBuyers = 36;

/** Plays a drill on a cluster on which blows fall from the first arrival on, and audits what is left. */
export async function runChaos(
  options: DrillOptions,
  points: number,
  signal: AbortSignal,
): Promise<ChaosReport> {
  const { seats, fans, seed, maxSeconds, keepsState, isCluster } = options;
  const survival = await survive({
    seats,
    fans,
    seed,
    maxSeconds,
    keepsState,
    isCluster,
    silentBuyers,
    killPoints: points,
    drill: { signal, progress: createProgressLine(process.stderr) },
  });
  const left = survival.lastProcesses.filter(exists);
  const faults = [
    ...faultsOf(survival, points),
    ...left.map((pid) => `process ${pid} outlived the platform`),
  ];
  return { report: survival.drill, blows: blowsText(survival.kills), faults };
}
