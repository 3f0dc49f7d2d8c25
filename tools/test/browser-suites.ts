import { rm } from 'node:fs/promises';
import path from 'node:path';
import { requireBrowserVariable } from '../../e2e/browser/stage/chromium.ts';
import { openStage } from '../../e2e/browser/stage/open-stage.ts';
import { runningPagesVariable, stageVariable } from '../../e2e/browser/stage/stage.ts';
import { fetchChromium } from '../browser/fetch-chromium.ts';
import { chromiumVariable } from '../browser/find-chromium.ts';

/** How the browser suites ended. */
export interface BrowserSuitesEnd {
  readonly code: number;
  /** What to tell at the very end, where it is not overlooked. */
  readonly remark?: string;
}

type RunFiles = (files: readonly string[], environment: Readonly<Record<string, string>>) => Promise<number>;

const failurePictures = path.join(import.meta.dirname, '../../e2e/browser/.screenshots/failed');

/** Runs the tests that need a browser on one platform with its pages; says so when there is no browser. */
export async function runBrowserSuites(files: readonly string[], run: RunFiles): Promise<BrowserSuitesEnd> {
  const browser = await fetchChromium((step) => console.log(`… ${step}`));
  if ('missing' in browser) {
    const isRequired = process.env[requireBrowserVariable] === '1';
    const remark = leftOut(files, browser.missing, isRequired);
    // They skip themselves, one by one and with the reason.
    return { code: isRequired ? 1 : await run(files, {}), remark };
  }
  const found = { [chromiumVariable]: browser.path };
  await rm(failurePictures, { recursive: true, force: true });
  if (process.env[runningPagesVariable] !== undefined) return { code: await run(files, found) };
  const stage = await openStage((step) => console.log(`… ${step}`));
  try {
    return { code: await run(files, { ...found, [stageVariable]: JSON.stringify(stage.address) }) };
  } finally {
    await stage.close();
  }
}

function leftOut(files: readonly string[], why: string, isRequired: boolean): string {
  const names = files.map((file) => `    ${file}`).join('\n');
  return `
${isRequired ? '✖ FAILED' : '⚠ NOT TESTED'}: nothing that needs a browser was run, because ${why}.
  Left out:
${names}
  To run them: install Chromium or Chrome (on Debian: apt-get install chromium fonts-nanum), or name one by
  ${chromiumVariable}=/path/to/chrome; then npm test -- e2e/browser
`;
}
