import { reportEnd } from '../../tools/platform/command-line.ts';
import { parseOptions } from './options.ts';
import { brokenGuarantees, reportJson, reportText } from './report.ts';
import { runDrill } from './run-drill.ts';

const interruptedCode = 130;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interruption.abort(new Error('interrupted')));
  try {
    const report = await runDrill(options, { signal: interruption.signal });
    const stream = options.isJson ? process.stderr : process.stdout;
    stream.write(`${reportText(report)}\n`);
    if (options.isJson) process.stdout.write(`${JSON.stringify(reportJson(report))}\n`);
    return brokenGuarantees(report).length === 0 ? 0 : 1;
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
