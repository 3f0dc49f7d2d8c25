import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placed } from './keep-places.ts';

const where = 'services/queue/src/line/scripts.ts';

test('a bundled module finds its files where the bundle keeps them, from whichever file of it', () => {
  assert.equal(
    placed("path.join(import.meta.dirname, '../migrations')", where),
    'path.join((import.meta.dirname + "/files/services/queue/src/line"), \'../migrations\')',
  );
  assert.equal(
    placed("new URL('./join.lua', import.meta.url)", where),
    'new URL(\'./join.lua\', new URL("./files/services/queue/src/line/scripts.ts", import.meta.url).href)',
  );
});

test('a use of import.meta that a bundle would change is refused', () => {
  assert.throws(() => placed("import.meta.resolve('pg')", where), /scripts\.ts uses import\.meta\.resolve/);
});
