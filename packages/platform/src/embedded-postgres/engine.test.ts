import assert from 'node:assert/strict';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chooseServerAccount } from './account.ts';
import { locateBinaries, makeLibraryLinks, prepareEngine } from './engine.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'urr-engine-'));
});

after(() => rm(folder, { recursive: true }));

// As npm leaves the package when install scripts are off: no links, and maybe no executable bits.
async function installWithoutScripts(place: string): Promise<string> {
  await mkdir(join(place, 'package'), { recursive: true });
  const native = join(place, 'package', 'native');
  const installed = locateBinaries();
  await cp(installed, native, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  await cp(join(installed, '..', 'package.json'), join(place, 'package', 'package.json'));
  for (const library of ['libicuuc.so.60', 'libicui18n.so.60', 'libpq.so.5'])
    await rm(join(native, 'lib', library), { force: true });
  await chmod(join(native, 'bin', 'postgres'), 0o644);
  return native;
}

test(
  'binaries whose install script did not run are made to run where they are',
  { skip: process.platform !== 'linux' },
  async () => {
    const place = join(folder, 'open');
    const native = await installWithoutScripts(place);
    await chmod(folder, 0o755);

    const engine = await prepareEngine(folder, await chooseServerAccount(folder), native);

    assert.deepEqual(engine, { directory: native, majorVersion: '18' });
    await makeLibraryLinks(native);
  },
);

test('binaries below a closed home are run from a copy', { skip: process.getuid?.() !== 0 }, async () => {
  const place = join(folder, 'closed');
  const native = await installWithoutScripts(place);
  await chmod(place, 0o700);

  const engine = await prepareEngine(folder, await chooseServerAccount(folder), native);

  assert.notEqual(engine.directory, native);
  assert.equal(engine.majorVersion, '18');
});
