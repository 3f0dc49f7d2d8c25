import { setTimeout as sleep } from 'node:timers/promises';
import { problemTable } from '@urr/contracts/problem-table.ts';
import { replicasOf } from '../../../tools/cluster/replicas.ts';
import type { DrillOptions } from '../../drill/options.ts';
import { brokenGuarantees, type DrillReport, findingLines } from '../../drill/report.ts';
import { type DrillHooks, runDrill } from '../../drill/run-drill.ts';
import type { ChaosReport } from '../chaos/run-chaos.ts';
import { restartReplicas } from './restart-replicas.ts';
import { askSeats, type SeatWatcher, watchSeats } from './watch-seats.ts';

const watchers = 20;
/** How long after the sale's last change a map may still be behind. Milliseconds. */
const settleMs = 3_000;

/** Plays a drill on a cluster whose every replica is restarted in turn meanwhile: nobody may notice. */
export async function runRolling(
  options: DrillOptions,
  hooks: Pick<DrillHooks, 'signal' | 'progress' | 'recast'>,
): Promise<ChaosReport> {
  const maps: SeatWatcher[] = [];
  const faults: string[] = [];
  let restarted: readonly string[] = [];
  let expected = 0;
  try {
    const report = await runDrill(options, {
      ...hooks,
      meanwhile: async (stage, ending, eventId) => {
        const { platform } = stage;
        if (platform === undefined) throw new Error('A cluster of its own has a handle');
        expected = replicasOf(platform.portOffset).length;
        for (let index = 0; index < watchers; index += 1)
          maps.push(watchSeats(stage.gatewayUrl, eventId, options.seats));
        restarted = await restartReplicas(platform, ending);
      },
      afterwards: async (stage, { eventId }) => {
        await sleep(settleMs);
        const asked = JSON.stringify(await askSeats(stage.gatewayUrl, eventId, options.seats));
        const behind = maps.filter((map) => JSON.stringify(map.drawn()) !== asked).length;
        if (behind > 0) faults.push(`${behind} of ${watchers} seat maps show something else than the truth`);
      },
    });
    if (restarted.length < expected)
      faults.push(`the sale ended after ${restarted.length} of ${expected} restarts`);
    const blows = [...restarted.map((name) => `${name} restarted`), mapsText(maps)];
    const broken = [...brokenGuarantees(report), ...findingLines(report)];
    return { report, blows, faults: [...broken, ...failedRequests(report), ...faults] };
  } finally {
    await Promise.all(maps.map((map) => map.close()));
  }
}

// A refusal is an answer. What counts is what a retry would be needed for: no answer, or one that says it is our fault.
function failedRequests({ refusals }: DrillReport): string[] {
  const isFailure = (code: string) =>
    code === 'no-answer' ||
    code.startsWith('status-5') ||
    (code in problemTable && problemTable[code as keyof typeof problemTable].status >= 500);
  return Object.entries(refusals)
    .filter(([code]) => isFailure(code))
    .map(([code, count]) => `${count} requests failed: ${code}`);
}

function mapsText(maps: readonly SeatWatcher[]): string {
  const reconnections = maps.reduce((sum, map) => sum + map.reconnections(), 0);
  const longest = Math.max(0, ...maps.map((map) => map.longestGapMs()));
  return `${maps.length} seat maps reconnected ${reconnections} times, ${longest.toFixed()} ms without a stream at most`;
}
