import { reportEnd } from '../../tools/platform/command-line.ts';
import { createCleanup } from './cleanup.ts';
import { parseOptions } from './options.ts';
import { playScenes } from './play-scenes.ts';
import { jsonReport } from './report/json.ts';
import { nameMachine } from './report/machine.ts';
import { exitCodeOf } from './report/outcome.ts';
import { machineLine, tableRow } from './report/table.ts';
import { kafkaScene, redisScene, replicasScene } from './scenes/cluster.ts';
import { gatewayScene } from './scenes/gateway.ts';
import { holdScene } from './scenes/hold.ts';
import { joinScene } from './scenes/join.ts';
import { platformScene } from './scenes/platform.ts';
import { pollScene } from './scenes/poll.ts';
import { prepareStages } from './stage/stage.ts';

// `npm run bench`: ratios of two things measured in the same run, never bare times.
const scenes = [
  pollScene,
  joinScene,
  holdScene,
  gatewayScene,
  platformScene,
  redisScene,
  kafkaScene,
  replicasScene,
];
const cleanup = createCleanup();

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const startedAt = performance.now();
  const makeStage = await prepareStages(options, cleanup);
  const server = await makeStage(cleanup).postgres();
  const machine = await nameMachine(server.url('postgres'));
  console.log(`${machineLine(machine)}\n`);
  const outcomes = await playScenes(scenes, options.keys, {
    makeStage,
    tell: (key, outcome) => console.log(tableRow(key, outcome)),
    cleanup,
  });
  console.log(`\n${options.rounds} rounds, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  if (options.isJson) console.log(JSON.stringify(jsonReport(outcomes, machine)));
  return exitCodeOf(outcomes);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void cleanup.run().then(() => process.exit(1)));
}
try {
  const exitCode = await main();
  await cleanup.run();
  process.exit(exitCode);
} catch (error) {
  const exitCode = reportEnd(error);
  await cleanup.run();
  process.exit(exitCode);
}
