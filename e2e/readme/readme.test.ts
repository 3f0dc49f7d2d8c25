import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { importDemoFiles } from '../../tools/import/import-demo-files.ts';
import { waitForLines } from '../../tools/import/wait-for-lines.ts';
import { operatorToken } from '../../tools/platform/operator-token.ts';
import { type RunningPlatform, startPlatform } from '../../tools/platform/start-platform.ts';
import { freePortOffset } from '../../tools/platform/ports.ts';

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

async function journeyOf(file: string): Promise<string> {
  const text = await readFile(path.join(repository, file), 'utf8');
  const block = /```bash\n([\s\S]*?)```/.exec(text)?.[1];
  assert.ok(block, `${file} has a bash block`);
  return block.replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${Number(port) + portOffset}`);
}

for (const file of ['README.md', 'README.ko.md']) {
  test(`the purchase in ${file} ends with a QR ticket`, async () => {
    const { stdout } = await promisify(execFile)('bash', ['-euc', await journeyOf(file)], {
      cwd: directory,
      timeout: 60_000,
    });
    assert.match(stdout, /"state":"confirmed"/);
    const svg = await readFile(path.join(directory, 'ticket.svg'), 'utf8');
    assert.match(svg, /^<svg[\s\S]*<\/svg>\s*$/);
  });
}
