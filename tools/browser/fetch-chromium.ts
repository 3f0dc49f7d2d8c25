import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.ts';

/** A browser to test with, or why there is none. */
export type ChromiumFound = { readonly path: string } | { readonly missing: string };

const aptGet = '/usr/bin/apt-get';
const installDeadlineMs = 4 * 60_000;
const koreanFonts = 'fonts-nanum';

/** Finds Chromium, installing Debian's and a Korean font first where they are missing and that is possible. */
export async function fetchChromium(progress: (step: string) => void): Promise<ChromiumFound> {
  const there = findChromium();
  const wanted = [...(there === undefined ? ['chromium'] : []), ...(await missingFonts())];
  if (wanted.length === 0 && there !== undefined) return { path: there };
  const obstacle = whyNotInstallable();
  if (obstacle === undefined) {
    progress(`installing ${wanted.join(' and ')} (apt-get)`);
    const fault = await install(wanted);
    const found = findChromium();
    if (found !== undefined) return { path: found };
    return { missing: fault ?? 'apt-get installed no browser that could be found' };
  }
  return there === undefined ? { missing: obstacle } : { path: there };
}

function whyNotInstallable(): string | undefined {
  if (!existsSync(aptGet)) return 'there is no Chromium or Chrome here, and no apt-get to install one by';
  if (process.getuid?.() !== 0)
    return 'there is no Chromium or Chrome here, and only root may install one by apt-get';
  return undefined;
}

// Without a Korean font a page's pictures show boxes; where fonts cannot be listed, they are taken to be there.
async function missingFonts(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const { code, output } = await run('fc-list', [':lang=ko', 'family'], 10_000);
  return code === 0 && output.trim() === '' ? [koreanFonts] : [];
}

/** What went wrong; `undefined` when nothing did. */
async function install(packages: readonly string[]): Promise<string | undefined> {
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

function run(
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
