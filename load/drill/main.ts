import { reportEnd } from '../../tools/platform/command-line.ts';
import { type DrillOptions, parseOptions } from './options.ts';
import { brokenGuarantees, reportJson, reportText } from './report.ts';
import { type ChaosReport, runChaos } from '../guarantees/chaos/run-chaos.ts';
import { runRolling } from '../guarantees/rolling/run-rolling.ts';
import { runDrill } from './run-drill.ts';

const interruptedCode = 130;

async function play(options: DrillOptions, signal: AbortSignal): Promise<ChaosReport> {
  if (options.chaosPoints !== undefined) return runChaos(options, options.chaosPoints, signal);
  if (options.isRolling) return runRolling(options, { signal });
  const report = await runDrill(options, { signal });
  return { report, blows: [], faults: brokenGuarantees(report) };
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interruption.abort(new Error('interrupted')));
  try {
    const { report, blows, faults } = await play(options, interruption.signal);
    const stream = options.isJson ? process.stderr : process.stdout;
    stream.write(`${reportText(report)}\n`);
    for (const line of [...blows, ...faults.map((fault) => `✖ ${fault}`)]) stream.write(`${line}\n`);
    if (options.isJson) process.stdout.write(`${JSON.stringify({ ...reportJson(report), faults })}\n`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    if (interruption.signal.aborted) return interruptedCode;
    throw error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = reportEnd(error, 2);
}
