import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readOrMakeSecrets } from './secrets.ts';

async function folder(context: TestContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'urr-secrets-'));
  context.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

test('the provider keys of every new platform are ones that payment-service takes', async (context) => {
  const directory = await folder(context);
  for (let round = 0; round < 500; round += 1) {
    const { TOSS_CLIENT_KEY, TOSS_SECRET_KEY } = await readOrMakeSecrets(directory);
    assert.match(TOSS_CLIENT_KEY, /^test_ck_[0-9a-z]{48}$/);
    assert.match(TOSS_SECRET_KEY, /^test_sk_[0-9a-z]{48}$/);
    await rm(path.join(directory, 'secrets.json'));
  }
});

test('secrets stay as they were made; one that an earlier version did not have is added', async (context) => {
  const directory = await folder(context);
  const made = await readOrMakeSecrets(directory);
  assert.deepEqual(await readOrMakeSecrets(directory), made);
  const { FRONTEND_SECRET: _later, ...earlier } = made;
  await writeFile(path.join(directory, 'secrets.json'), JSON.stringify(earlier));
  const completed = await readOrMakeSecrets(directory);
  assert.deepEqual({ ...completed, FRONTEND_SECRET: '' }, { ...made, FRONTEND_SECRET: '' });
  assert.deepEqual(await readOrMakeSecrets(directory), completed);
});

test('of several first starts at once all get the same secrets, and nothing else is left in the folder', async (context) => {
  const directory = await folder(context);
  const [first, ...others] = await Promise.all(
    Array.from({ length: 20 }, () => readOrMakeSecrets(directory)),
  );
  for (const other of others) assert.deepEqual(other, first);
  assert.deepEqual(await readdir(directory), ['secrets.json']);
});
