import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portsOf } from '../../../tools/platform/processes.ts';
import { type RunningPlatform, startPlatform } from '../../../tools/platform/start-platform.ts';

/** A platform with data of its own that leaves nothing behind. */
export interface ThrowAwayPlatform {
  readonly platform: RunningPlatform;
  readonly stateDirectory: string;
  /** Stops every process and removes the data; may be called twice. */
  readonly discard: () => Promise<void>;
}

/** What differs from the embedded profile's own settings. */
export interface ThrowAwayOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly keepsState: boolean;
  readonly progress?: (step: string) => void;
}

/** Starts it in a temporary folder, on ports nobody listens on. */
export async function startThrowAwayPlatform(options: ThrowAwayOptions): Promise<ThrowAwayPlatform> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), 'urr-drill-'));
  const remove = () => (options.keepsState ? Promise.resolve() : removeState(stateDirectory));
  try {
    const platform = await startPlatform({
      stateDirectory,
      portOffset: await freeOffset(),
      environment: options.environment,
      ...(options.progress && { progress: options.progress }),
    });
    let discarding: Promise<void> | undefined;
    const stopAndRemove = async () => {
      try {
        await platform.stop();
      } finally {
        await remove();
      }
    };
    const discard = () => (discarding ??= stopAndRemove());
    return { platform, stateDirectory, discard };
  } catch (error) {
    await remove();
    throw error;
  }
}

// The database's files stand elsewhere, behind a link, when its account could not enter the temporary folder.
async function removeState(stateDirectory: string): Promise<void> {
  const database = await realpath(path.join(stateDirectory, 'postgres')).catch(() => undefined);
  await rm(stateDirectory, { recursive: true, force: true });
  if (database !== undefined) await rm(database, { recursive: true, force: true });
}

// Below the ports that outgoing connections borrow.
const lowestOffset = 1_000;
const highestOffset = 17_000;
const offsetStep = 20;

async function freeOffset(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const steps = Math.floor((highestOffset - lowestOffset) / offsetStep);
    const offset = lowestOffset + offsetStep * Math.floor(Math.random() * steps);
    const free = await Promise.all([...portsOf(offset).values()].map((port) => isFree(port)));
    if (free.every(Boolean)) return offset;
  }
  throw new Error('No free ports were found for a throw-away platform.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
