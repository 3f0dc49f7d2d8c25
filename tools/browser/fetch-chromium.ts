import { installPackages, run, whyNotInstallable } from '../engines/debian-packages.ts';
import { findChromium } from './find-chromium.ts';

/** A browser to test with, or why there is none. */
export type ChromiumFound = { readonly path: string } | { readonly missing: string };

const koreanFonts = 'fonts-nanum';

/** Finds Chromium, installing Debian's and a Korean font first where they are missing and that is possible. */
export async function fetchChromium(progress: (step: string) => void): Promise<ChromiumFound> {
  const there = findChromium();
  const wanted = [...(there === undefined ? ['chromium'] : []), ...(await missingFonts())];
  if (wanted.length === 0 && there !== undefined) return { path: there };
  const obstacle = whyNotInstallable('Chromium or Chrome');
  if (obstacle === undefined) {
    progress(`installing ${wanted.join(' and ')} (apt-get)`);
    const fault = await installPackages(wanted);
    const found = findChromium();
    if (found !== undefined) return { path: found };
    return { missing: fault ?? 'apt-get installed no browser that could be found' };
  }
  return there === undefined ? { missing: obstacle } : { path: there };
}

// Without a Korean font a page's pictures show boxes; where fonts cannot be listed, they are taken to be there.
async function missingFonts(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const { code, output } = await run('fc-list', [':lang=ko', 'family'], 10_000);
  return code === 0 && output.trim() === '' ? [koreanFonts] : [];
}
