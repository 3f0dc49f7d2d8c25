import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { descendantsOf } from './process-tree.ts';

test('children and their children are found, with the memory they keep', async (context) => {
  const inner = 'setInterval(() => {}, 1000)';
  const outer = `require('node:child_process').spawn(process.execPath, ['-e', '${inner}'], { stdio: 'ignore' }); ${inner}`;
  const child = spawn(process.execPath, ['-e', outer], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  context.after(() => {
    for (const one of descendantsOf(pid)) process.kill(one.pid, 'SIGKILL');
    child.kill('SIGKILL');
  });
  await waitUntil(() => descendantsOf(pid).length === 1);
  await waitUntil(() => (descendantsOf(pid)[0]?.residentMegabytes ?? 0) > 5);
  assert.equal(descendantsOf(process.pid).filter((one) => one.parent === pid).length, 1);
  assert.match(descendantsOf(pid)[0]?.command ?? '', /setInterval/);
});
