import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { downloadedPlaces, findChromium, installedPlaces } from './find-chromium.ts';

async function folderWith(context: TestContext, files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'urr-chromium-'));
  context.after(() => rm(folder, { recursive: true }));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), '');
    await chmod(path.join(folder, file), 0o755);
  }
  return folder;
}

test('the browser that was named is taken, and one that is not there is a fault', async (context) => {
  const folder = await folderWith(context, ['mine', 'bin/chromium']);
  const environment = { PATH: `${folder}/bin`, CHROMIUM_PATH: `${folder}/mine` };
  assert.equal(findChromium({ platform: 'linux', environment, home: folder }), `${folder}/mine`);
  const wrong = { ...environment, CHROMIUM_PATH: `${folder}/none` };
  assert.throws(() => findChromium({ platform: 'linux', environment: wrong, home: folder }), /CHROMIUM_PATH/);
});

test('the first browser on the path is taken', async (context) => {
  const folder = await folderWith(context, ['a/google-chrome', 'b/chromium']);
  const environment = { PATH: `${folder}/a:${folder}/b` };
  assert.equal(findChromium({ platform: 'linux', environment, home: folder }), `${folder}/b/chromium`);
});

test("browsers of playwright's cache are found, the newest first, and its half browsers are not", async (context) => {
  const folder = await folderWith(context, [
    'chromium-999/chrome-linux/chrome',
    'chromium-1200/chrome-linux64/chrome',
    'chromium_headless_shell-1300/chrome-linux/chrome',
  ]);
  const environment = { PLAYWRIGHT_BROWSERS_PATH: folder };
  assert.deepEqual(downloadedPlaces({ platform: 'linux', environment, home: '/nowhere' }), [
    `${folder}/chromium-1200/chrome-linux64/chrome`,
    `${folder}/chromium-999/chrome-linux/chrome`,
  ]);
});

test('browsers of macOS and Windows are looked for where they are installed', () => {
  const mac = installedPlaces({ platform: 'darwin', environment: {}, home: '/Users/mina' });
  assert.ok(mac.includes('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'));
  assert.ok(mac.includes('/Users/mina/Applications/Chromium.app/Contents/MacOS/Chromium'));
  const environment = { PROGRAMFILES: String.raw`C:\Program Files` };
  const windows = installedPlaces({ platform: 'win32', environment, home: '' });
  assert.ok(windows.includes(String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`));
});
