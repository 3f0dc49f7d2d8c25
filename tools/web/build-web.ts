import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const repository = path.join(import.meta.dirname, '../..');
const webDirectory = path.join(repository, 'apps/web');
/** What a build is made from; a change of anything else needs none. */
const sources = [
  'apps/web/src/**/*',
  'apps/web/server/config.ts',
  'apps/web/public/**/*',
  'apps/web/*.{mjs,json}',
  'packages/contracts/src/**/*.ts',
  'package-lock.json',
];
const buildDeadlineMs = 10 * 60_000;
const keptBuilds = 3;

/** Folder of the web application's production build, relative to it; made once for each state of its sources. */
export async function buildWeb(progress: (step: string) => void = () => undefined): Promise<string> {
  const buildDirectory = path.join('.next', 'builds', fingerprint());
  const folder = path.join(webDirectory, buildDirectory);
  const isBuilt = () => existsSync(path.join(folder, 'complete'));
  if (isBuilt()) return buildDirectory;
  await mkdir(path.join(webDirectory, '.next/builds'), { recursive: true });
  const turn = `${folder}.building`;
  if (!(await takeTurn(turn, isBuilt))) return buildDirectory;
  const beat = setInterval(() => void writeFile(turn, String(process.pid)), 2_000);
  try {
    progress('building the web pages (once)');
    await rm(folder, { recursive: true, force: true });
    await runBuild(buildDirectory);
    await writeFile(path.join(folder, 'complete'), '');
    await dropOldBuilds(folder);
  } finally {
    clearInterval(beat);
    await rm(turn, { force: true });
  }
  return buildDirectory;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  const isSource = (file: string) => !/\.test\.tsx?$|\.next|next-env/.test(file);
  for (const file of globSync(sources, { cwd: repository, exclude: ['**/node_modules/**'] }).sort()) {
    const absolute = path.join(repository, file);
    if (!isSource(file) || !statSync(absolute).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(absolute)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Two starts at once: one builds, the other waits. False when somebody else has built meanwhile. */
async function takeTurn(turn: string, isBuilt: () => boolean): Promise<boolean> {
  for (;;) {
    if (isBuilt()) return false;
    try {
      await writeFile(turn, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const touched = await stat(turn).catch(() => undefined);
    // A builder touches its claim every two seconds; one that was killed does not.
    if (touched !== undefined && Date.now() - touched.mtimeMs > 20_000) await rm(turn, { force: true });
    await sleep(200);
  }
}

async function runBuild(buildDirectory: string): Promise<void> {
  const program = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [program, 'build', webDirectory], {
    cwd: webDirectory,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      WEB_BUILD_DIRECTORY: buildDirectory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: buildDeadlineMs,
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0)
    throw new Error(`The web pages could not be built:\n${Buffer.concat(output).toString().slice(-4_000)}`);
}

async function dropOldBuilds(newest: string): Promise<void> {
  const builds = path.dirname(newest);
  const folders = (await readdir(builds, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const aged = await Promise.all(
    folders.map(async ({ name }) => {
      const folder = path.join(builds, name);
      return { folder, madeAtMs: (await stat(folder)).mtimeMs };
    }),
  );
  const old = aged.sort((a, b) => b.madeAtMs - a.madeAtMs).slice(keptBuilds);
  await Promise.all(old.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}
