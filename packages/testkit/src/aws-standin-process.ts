import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { waitUntil } from './wait-until.ts';

/** A local server that speaks one of AWS's APIs; `stop` ends it as a power cut would and removes its folder. */
export type AwsStandin = { readonly url: string; stop(): Promise<void> };

/** How to start one: `directory` is its own folder, `probe` a path that answers 200 once it is ready. */
export type AwsStandinPlan = {
  readonly port: number;
  readonly directory: string;
  readonly javaArguments: readonly string[];
  readonly probe: string;
};

const START_TIMEOUT_MS = 60_000;
/** For a server that tests ask a little at a time: memory and start count for more than speed. */
const SMALL_JAVA = ['-Xmx160m', '-XX:TieredStopAtLevel=1'];

// The shell outlives a killed test: when its standard input closes, it ends the server and removes its folder.
const KEEPER =
  'dir=$1; shift; "$@" >"$dir/log" 2>&1 & pid=$!; echo $pid; cat >/dev/null; kill -9 $pid; rm -rf "$dir"';

/** Starts a server and resolves when it answers; it ends with the process that started it, however that ends. */
export async function startAwsStandin(plan: AwsStandinPlan): Promise<AwsStandin> {
  const { port, directory, javaArguments, probe } = plan;
  const shell = spawn('sh', ['-c', KEEPER, 'sh', directory, 'java', ...SMALL_JAVA, ...javaArguments], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const [line] = (await once(createInterface(shell.stdout), 'line')) as [string];
  const pid = Number(line);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    shell.stdin.end();
    if (shell.exitCode === null) await once(shell, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await waitUntil(() => answers(pid, directory, url + probe), {
      timeoutMs: START_TIMEOUT_MS,
      what: `${url} to answer`,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answers(pid: number, directory: string, url: string): Promise<boolean> {
  if (!isAlive(pid)) {
    const log = await readFile(path.join(directory, 'log'), 'utf8');
    throw new Error(`The stand-in ended while it started:\n${log}`);
  }
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
