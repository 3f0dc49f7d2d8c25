import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { replicasOf } from '../../../tools/cluster/replicas.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import { allAnswer } from '../chaos/victims.ts';

const backDeadlineMs = 60_000;
/** Time for the balancer to find that a replica is ready again. Milliseconds. */
const noticeMs = 1_000;

/** Restarts every replica of a cluster, one after another, as a rollout does; answers their names. */
export async function restartReplicas(platform: RunningPlatform, signal: AbortSignal): Promise<string[]> {
  const restarted: string[] = [];
  for (const { name, port } of replicasOf(platform.portOffset)) {
    if (signal.aborted) break;
    const program = platform.programs.find((candidate) => candidate.name === name);
    const pid = program?.pid();
    if (program === undefined || pid === undefined) throw new Error(`${name} does not run`);
    process.kill(pid, 'SIGTERM');
    const isBack = async () =>
      program.pid() !== undefined &&
      program.pid() !== pid &&
      (await allAnswer([`http://127.0.0.1:${port}/health/ready`]));
    await waitUntil(isBack, { timeoutMs: backDeadlineMs, what: `${name} to be back` });
    restarted.push(name);
    await sleep(noticeMs);
  }
  return restarted;
}
