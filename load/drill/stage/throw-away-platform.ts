import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlatformLayout } from '../../../tools/platform/layout.ts';
import { freePortOffset } from '../../../tools/platform/ports.ts';
import { embeddedLayout } from '../../../tools/platform/program-plans.ts';
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
  /** The embedded platform when absent. */
  readonly layout?: PlatformLayout;
  readonly progress?: (step: string) => void;
}

/** Starts it in a temporary folder, on ports nobody listens on. */
export async function startThrowAwayPlatform(options: ThrowAwayOptions): Promise<ThrowAwayPlatform> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), 'urr-drill-'));
  const { layout = embeddedLayout } = options;
  const remove = () => (options.keepsState ? Promise.resolve() : removeState(stateDirectory));
  try {
    const platform = await startPlatform({
      stateDirectory,
      portOffset: await freePortOffset(layout.ports),
      layout,
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
