import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from './debian-packages.ts';

/** Programs of Java that tests and `npm run cluster` start. */
export interface JarEngine {
  readonly name: string;
  /** Maven's project whose dependencies they are. */
  readonly project: string;
  /** `<sha256>  <file>` of every jar, as `sha256sum` writes it. */
  readonly checksums: string;
  /** Where the jars go; the folder appears whole or not at all. */
  readonly folder: string;
}

const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const deadlineMs = 5 * 60_000;

/** Fetches an engine's jars where they are not there yet, and checks every one of them. Throws with the reason. */
export async function fetchJars(engine: JarEngine, progress: (step: string) => void): Promise<void> {
  const { name, project, checksums, folder } = engine;
  if (existsSync(folder)) return;
  await mkdir(path.dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    progress(`fetching ${name} (mvn)`);
    const incoming = path.join(work, 'jars');
    const args = ['-q', '-B', '-f', project, goal, `-DoutputDirectory=${incoming}`, '-DincludeScope=runtime'];
    const { code, output } = await run('mvn', args, deadlineMs);
    if (code !== 0) throw new Error(`Maven could not fetch ${name}: ${output.trim().slice(-2_000)}`);
    const faults = jarFaults(incoming, await readFile(checksums, 'utf8'));
    if (faults.length > 0)
      throw new Error(`The jars of ${name} are not those expected:\n  ${faults.join('\n  ')}`);
    await takePlace(incoming, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

// Somebody else may have been faster.
async function takePlace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (!existsSync(to)) throw error;
  });
}

/** Every way in which the jars of a folder differ from the list; empty when they are what they must be. */
function jarFaults(folder: string, list: string): string[] {
  const wanted = namedSums(list);
  const there = namedSums(checksumsOf(folder));
  const missing = [...wanted.keys()].filter((name) => !there.has(name)).map((name) => `${name} is missing`);
  const others = [...there]
    .filter(([name, sum]) => wanted.get(name) !== sum)
    .map(([name]) => `${name} ${wanted.has(name) ? 'has another content' : 'is not on the list'}`);
  return [...missing, ...others];
}

/** The jars of a folder as `sha256sum` lists them. */
export function checksumsOf(folder: string): string {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .sort();
  const sumOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
  return names.map((name) => `${sumOf(name)}  ${name}\n`).join('');
}

function namedSums(list: string): Map<string, string> {
  const lines = list.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [sum = '', name = ''] = line.split(/\s+/);
      return [name, sum];
    }),
  );
}
