import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { importDemoFiles } from '../../tools/import/import-demo-files.ts';
import { waitForLines } from '../../tools/import/wait-for-lines.ts';
import { operatorToken } from '../../tools/platform/operator-token.ts';
import { type RunningPlatform, startPlatform } from '../../tools/platform/start-platform.ts';
import { freePortOffset } from '../../tools/platform/ports.ts';
import { buyAsShown } from './purchase.ts';

const repository = path.join(import.meta.dirname, '../..');
let directory: string;
let portOffset: number;
let platform: RunningPlatform;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'urr-readme-'));
  portOffset = await freePortOffset();
  platform = await startPlatform({ stateDirectory: directory, portOffset });
  const accessToken = await operatorToken({
    authDatabaseUrl: platform.databaseUrl('auth_db'),
    jwtSecret: platform.secrets.JWT_SECRET,
  });
  const target = { baseUrl: platform.gatewayUrl, accessToken };
  await waitForLines(target, await importDemoFiles(target, path.join(repository, 'data')));
});
after(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

for (const file of ['README.md', 'README.ko.md']) {
  test(`the purchase in ${file} ends with a QR ticket`, () => buyAsShown(file, portOffset, directory));
}
