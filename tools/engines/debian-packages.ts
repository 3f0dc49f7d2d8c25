import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const aptGet = '/usr/bin/apt-get';
const installDeadlineMs = 4 * 60_000;

/** Why Debian's packages cannot be installed here; `undefined` when they can. */
export function whyNotInstallable(what: string): string | undefined {
  if (!existsSync(aptGet)) return `there is no ${what} here, and no apt-get to install one by`;
  if (process.getuid?.() !== 0) return `there is no ${what} here, and only root may install one by apt-get`;
  return undefined;
}

/** Installs packages; answers what went wrong, `undefined` when nothing did. */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  const endsAt = performance.now() + installDeadlineMs;
  const args = ['install', '--yes', '--no-install-recommends', ...packages];
  const apt = (words: readonly string[]) => run(aptGet, words, endsAt - performance.now());
  let result = await apt(args);
  // Lists of packages that are old or not there at all are the usual reason.
  if (result.code !== 0) {
    await apt(['update']);
    result = await apt(args);
  }
  if (result.code === 0) return undefined;
  const reason = result.output.trim().split('\n').at(-1) ?? '';
  return `apt-get could not install ${packages.join(' and ')}: ${reason}`;
}

/** Runs a program to its end, or kills it after the time given; never throws. */
export function run(
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: Math.max(1, Math.round(timeoutMs)),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
