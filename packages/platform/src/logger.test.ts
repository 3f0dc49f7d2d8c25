import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

// What a service really writes: its process's output.
function logged(record: object): string {
  const logger = pathToFileURL(path.join(import.meta.dirname, 'logger.ts')).href;
  const program = `import { createLogger } from ${JSON.stringify(logger)};
    createLogger('test', 'info').info(${JSON.stringify(record)}, 'something happened');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  return stdout;
}

test('no secret that is handed to the log is in it', () => {
  const secret = 'hunter2';
  const headers = { authorization: `Bearer ${secret}`, cookie: `access_token=${secret}`, accept: 'kept' };
  const secrets = Object.fromEntries(
    ['password', 'refreshToken', 'accessToken', 'entryToken', 'secretKey'].map((name) => [name, secret]),
  );
  for (const record of [{ headers }, { req: { headers } }, { body: secrets }, { data: secrets }]) {
    const line = logged(record);
    assert.match(line, /something happened/);
    assert.doesNotMatch(line, /hunter2/, JSON.stringify(record));
    assert.match(line, /\[secret\]/);
  }
  assert.match(logged({ headers }), /kept/);
});
