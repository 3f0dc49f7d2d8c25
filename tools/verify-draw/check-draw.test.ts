import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { DrawDocument } from '@urr/contracts/queue-draw.ts';
import { checkDraw, type HeldDraw, numberOf } from './check-draw.ts';

const secret = Buffer.alloc(32, 0x11);
const document: DrawDocument = {
  eventId: '0199c0de-0000-7000-8000-000000000000',
  algorithm: 'urr-draw-1',
  secretHash: createHash('sha256').update(secret).digest('hex'),
  size: 10,
  rosterRoot: '22'.repeat(32),
  secret: secret.toString('hex'),
  drawnAt: '2026-01-01T00:00:00.000Z',
};

function held(size = 10): HeldDraw {
  const check = checkDraw({ ...document, size });
  return check.kind === 'held' ? check.draw : assert.fail();
}

test('every lobby index has a number of its own', () => {
  for (const size of [1, 2, 3, 10, 257]) {
    const numbers = Array.from({ length: size }, (_, index) => numberOf(held(size), index));
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      Array.from({ length: size }, (_, index) => index + 1),
    );
  }
  assert.throws(() => numberOf(held(), 10), RangeError);
});

test('a secret that was not committed to is found out', () => {
  assert.equal(checkDraw({ ...document, secret: '33'.repeat(32) }).kind, 'broken');
  assert.equal(checkDraw(document, '44'.repeat(32)).kind, 'broken');
  assert.equal(checkDraw(document, document.secretHash).kind, 'held');
  assert.equal(checkDraw({ ...document, secret: null, rosterRoot: null, size: null }).kind, 'not-yet');
});

test('the program checks a file without a network and says by its exit code what it found', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'verify-draw-'));
  const run = async (name: string, content: unknown, ...args: string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, JSON.stringify(content));
    const main = path.join(import.meta.dirname, 'main.ts');
    return promisify(execFile)(process.execPath, [main, file, ...args]).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, output: error.stderr }),
    );
  };
  try {
    const fine = await run('fine.json', document, '--index', '3');
    assert.equal(fine.code, 0);
    assert.match(fine.output, new RegExp(`lobby index 3 → number ${numberOf(held(), 3)}\\b`));
    assert.equal((await run('forged.json', { ...document, secret: '33'.repeat(32) })).code, 1);
    assert.equal((await run('nonsense.json', { hello: 1 })).code, 2);
    const empty = await run('empty.json', { ...document, size: 0 });
    assert.deepEqual([empty.code, /Nobody was in the lobby\./.test(empty.output)], [0, true]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
