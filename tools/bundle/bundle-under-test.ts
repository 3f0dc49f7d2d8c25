import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { bundle } from './bundle.ts';
import type { TargetName } from './targets.ts';

type Variables = Readonly<Record<string, string>>;

/** A program of a bundle, running. */
export interface BundledProgram {
  output(): string;
  /** Resolves when a service says that it has started: `/health` answers a moment before. */
  readonly ready: Promise<unknown>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Bundles an image's programs into a folder that no `node_modules` is above. */
export async function bundleApart(context: TestContext, name: TargetName): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `urr-${name}-`));
  context.after(() => rm(folder, { recursive: true, force: true }));
  for (let above = path.dirname(folder); above !== path.dirname(above); above = path.dirname(above))
    assert.ok(!existsSync(path.join(above, 'node_modules')), `${above} has packages`);
  await bundle(name, folder);
  return folder;
}

/** Starts a program with the given variables and no others. */
export function startBundled(
  context: TestContext,
  folder: string,
  environment: Variables,
  words: readonly string[] = ['main.js'],
): BundledProgram {
  const child = spawn(process.execPath, [...words], {
    cwd: folder,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  context.after(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ready = new Promise((resolve) => child.once('message', resolve));
  return { output: () => output, ready, ended: endOf(child), kill: (signal) => void child.kill(signal) };
}

function endOf(child: ChildProcess): BundledProgram['ended'] {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
}

/** Runs a program to its end and answers what it wrote; throws with that when it fails. */
export async function runBundled(
  context: TestContext,
  folder: string,
  environment: Variables,
  words?: readonly string[],
): Promise<string> {
  const program = startBundled(context, folder, environment, words);
  const end = await program.ended;
  assert.equal(end, 0, program.output());
  return program.output();
}

/** Resolves when an address answers 200. */
export async function answers(url: string, program: BundledProgram): Promise<void> {
  let end: unknown;
  void program.ended.then((how) => (end = how ?? 'ended'));
  const isThere = async () => {
    assert.equal(end, undefined, `it ended: ${program.output()}`);
    return fetch(url).then(
      ({ status }) => status === 200,
      () => false,
    );
  };
  await waitUntil(isThere, { timeoutMs: 20_000, what: url });
}
