import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { topology } from '@urr/contracts/topology.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { freePortOffset } from '../../../tools/platform/ports.ts';
import type { Cleanup } from '../cleanup.ts';
import { removeState, repository } from '../stage/stage.ts';
import { descendantsOf, type RunningProcess } from './process-tree.ts';

/** A platform that somebody started with `npm start`. */
export interface NpmStart {
  readonly gatewayUrl: string;
  readonly pagesUrl: string;
  /** From the command to the first 200 of `GET /health`. */
  readonly secondsToHealth: number;
  /** Every process the command started, npm itself and its shell left out. */
  processes(): RunningProcess[];
  /** Stops it as Ctrl-C does, and answers when no process is left. */
  stop(): Promise<void>;
}

const startDeadlineMs = 120_000;
const stopDeadlineMs = 40_000;
const pollMs = 10;

/** Runs `npm start` with every port shifted, and waits until it answers; rejects with its output when it does not. */
export async function npmStart(portOffset: number, cleanup: Cleanup): Promise<NpmStart> {
  cleanup.assertOpen();
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: repository,
    env: { ...process.env, PORT_OFFSET: String(portOffset) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
  const stop = () => stopAll(child);
  cleanup.add('npm start', stop);
  const gatewayUrl = `http://127.0.0.1:${topology['gateway-service'].port + portOffset}`;
  const pagesUrl = `http://127.0.0.1:${topology.frontend.port + portOffset}`;
  const waitFor = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) {
      if (child.exitCode === null && performance.now() - startedAt < startDeadlineMs) await sleep(pollMs);
      else {
        await stop();
        throw new Error(`npm start did not come to its end: ${output.trim()}`);
      }
    }
  };
  await waitFor(() => answers(`${gatewayUrl}/health`));
  const secondsToHealth = (performance.now() - startedAt) / 1000;
  // The start goes on after the first answer, with the demo events; only then may it be measured or stopped.
  await waitFor(() => output.includes('URR is on sale'));
  return { gatewayUrl, pagesUrl, secondsToHealth, processes: () => programsOf(child), stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    (response) => response.status === 200,
    () => false,
  );
}

function programsOf(child: ChildProcess): RunningProcess[] {
  return descendantsOf(child.pid ?? 0).filter(({ command }) => !/^(\/bin\/)?sh /.test(command));
}

async function stopAll(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const started = descendantsOf(child.pid);
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signal(-child.pid, 'SIGTERM');
  await ended;
  const left = () => started.filter(({ pid }) => isAlive(pid));
  await waitUntil(() => left().length === 0, { timeoutMs: stopDeadlineMs }).catch(() => {});
  for (const { pid } of left()) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

/** An offset whose ports are free and whose data does not exist; the data it will get is removed at the end. */
export async function unusedOffset(cleanup: Cleanup): Promise<number> {
  const offset = await freePortOffset();
  const directory = path.join(repository, '.urr', `platform-${offset}`);
  if (existsSync(directory)) return unusedOffset(cleanup);
  cleanup.add("the platform's data", () => removeState(directory));
  return offset;
}
