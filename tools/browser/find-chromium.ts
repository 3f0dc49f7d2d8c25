import { accessSync, constants, globSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What decides where a browser may be. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Variable that names the Chromium to use. */
export const chromiumVariable = 'CHROMIUM_PATH';

const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const windowsPrograms = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
/** Below a folder of playwright's cache, by system. */
const playwrightPrograms: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['chrome-linux*/chrome'],
  darwin: ['chrome-mac*/*.app/Contents/MacOS/*'],
  win32: ['chrome-win*/chrome.exe'],
};

/** The Chromium of this machine; `undefined` when there is none. Throws when CHROMIUM_PATH names nothing that runs. */
export function findChromium(machine: Machine = thisMachine()): string | undefined {
  const named = machine.environment[chromiumVariable];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`${chromiumVariable} is ${named}, which is not a program that can be started`);
  }
  return [...installedPlaces(machine), ...downloadedPlaces(machine)].find(isProgram);
}

/** Where a browser that was installed by hand or by a package stands. */
export function installedPlaces({ platform, environment, home }: Machine): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', path.join(home, 'Applications')];
    return folders.flatMap((folder) => macApplications.map((name) => path.join(folder, name)));
  }
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => environment[name]);
    return folders.flatMap((folder) =>
      folder === undefined ? [] : windowsPrograms.map((name) => path.win32.join(folder, name)),
    );
  }
  const folders = (environment['PATH'] ?? '').split(':').concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  return programs.flatMap((name) =>
    [...new Set(folders)].filter(Boolean).map((folder) => `${folder}/${name}`),
  );
}

/** Browsers in playwright's cache, the newest first. */
export function downloadedPlaces({ platform, environment, home }: Machine): string[] {
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    linux: path.join(home, '.cache/ms-playwright'),
    darwin: path.join(home, 'Library/Caches/ms-playwright'),
    win32: path.join(environment['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  };
  const cache = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? caches[platform];
  if (cache === undefined) return [];
  const patterns = (playwrightPrograms[platform] ?? []).map((program) => `chromium-*/${program}`);
  return globSync(patterns, { cwd: cache })
    .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }))
    .map((found) => path.join(cache, found));
}

function thisMachine(): Machine {
  return { platform: process.platform, environment: process.env, home: homedir() };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
