import { setTimeout as sleep } from 'node:timers/promises';
import { type NpmStart, npmStart, unusedOffset } from '../platform/npm-start.ts';
import { smallLoad } from '../platform/small-load.ts';
import type { RunningProcess } from '../platform/process-tree.ts';
import { spreadOf } from '../measure/spread.ts';
import type { Stage } from '../stage/stage.ts';
import type { Figure, Scene } from './scene.ts';

/** Starts measured with the data there; one is slow enough that three say as much as ten. */
const mostStarts = 3;
const settleMs = 2_000;

/** The whole platform as `npm start` runs it: how soon it answers and how much memory it keeps. */
export const platformScene: Scene = {
  keys: ['rssMegabytes', 'startSeconds'],
  play: async (stage, keys, report) => {
    const offset = await unusedOffset(stage.cleanup);
    stage.tell('starting the platform over an empty folder');
    let platform = await npmStart(offset, stage.cleanup);
    const firstSeconds = platform.secondsToHealth;
    const seconds: number[] = [];
    while (seconds.length < Math.min(stage.options.rounds, mostStarts)) {
      await platform.stop();
      stage.tell('starting the platform over its data');
      platform = await npmStart(offset, stage.cleanup);
      seconds.push(platform.secondsToHealth);
    }
    const { median, min, max } = spreadOf(seconds);
    if (keys.includes('startSeconds'))
      report('startSeconds', { kind: 'value', value: median, details: { min, max, seconds, firstSeconds } });
    if (keys.includes('rssMegabytes')) report('rssMegabytes', await measureMemory(stage, platform));
  },
};

// The very first start makes what is there at every later one, and may keep some of the memory that this took.
async function measureMemory(stage: Stage, platform: NpmStart): Promise<Figure> {
  stage.tell('a small load');
  await smallLoad(platform.gatewayUrl, platform.pagesUrl);
  await sleep(settleMs);
  const counted = platform.processes().filter((program) => !isPostgres(program));
  const sum = counted.reduce((total, program) => total + program.residentMegabytes, 0);
  const processes = counted.map(({ command, residentMegabytes }) => ({
    program: shortName(command),
    megabytes: Math.round(residentMegabytes),
  }));
  return { kind: 'value', value: sum, details: { processes } };
}

function isPostgres({ command }: RunningProcess): boolean {
  return /^(\S*\/)?postgres(:| |$)/.test(command);
}

// Paths say nothing here but where the repository lies.
function shortName(command: string): string {
  return command
    .split(' ')
    .map((part) => part.split('/').slice(-2).join('/'))
    .join(' ');
}
