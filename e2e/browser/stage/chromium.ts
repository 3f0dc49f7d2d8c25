import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../../tools/browser/find-chromium.ts';

/** Variable that makes a missing browser a failure. */
export const requireBrowserVariable = 'CI_REQUIRE_BROWSER';

/** Why no browser test can run here; `undefined` when one can. Throws where a browser is demanded. */
export function whyNoBrowser(): string | undefined {
  if (findChromium() !== undefined) return undefined;
  const reason = 'no Chromium or Chrome was found: install one, or name it by CHROMIUM_PATH';
  if (process.env[requireBrowserVariable] === '1') throw new Error(reason);
  return reason;
}

/** Starts Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium');
  // Chromium refuses its sandbox to root, who is what a container runs as.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-gpu', '--disable-dev-shm-usage'] });
}
