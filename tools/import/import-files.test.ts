import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { callRoute } from '@urr/contracts/call-route.ts';
import { listEvents } from '@urr/contracts/catalog.ts';
import {
  type CatalogUnderTest,
  bodyOf,
  someone,
  startCatalog,
} from '@urr/catalog-service/testing/catalog-under-test.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { importDemoFiles } from './import-demo-files.ts';
import { importEventFile } from './import-event-file.ts';
import { importHallFile } from './import-hall-file.ts';
import { ImportRefused, type ImportTarget } from './import-target.ts';

const data = path.join(import.meta.dirname, '../../data');
let catalog: CatalogUnderTest;
let folder: string;
let target: ImportTarget;

before(async () => {
  catalog = await startCatalog();
  folder = await mkdtemp(path.join(tmpdir(), 'urr-import-'));
  const accessToken = someone('organiser').headers['authorization']?.slice('Bearer '.length) ?? '';
  target = { baseUrl: catalog.url, accessToken };
});
after(async () => {
  await rm(folder, { recursive: true });
  await catalog.stop();
});

const write = async (name: string, content: string | Buffer) => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};
const refusalOf = async (importing: Promise<unknown>) => {
  const error: unknown = await importing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ImportRefused, String(error));
  return error.message;
};

test('the shipped halls and events are imported and published, and a second run changes nothing', async () => {
  const started = performance.now();
  const files = (await readdir(path.join(data, 'demo'))).length;
  assert.equal((await importDemoFiles(target, data)).length, files);
  const firstMs = performance.now() - started;
  const { events } = bodyOf(await callRoute(listEvents, { query: { limit: 100 } }, { baseUrl: catalog.url }));
  assert.equal(events.length, files);
  assert.equal(catalog.ticket.inventories.size, files);
  const again = performance.now();
  assert.equal((await importDemoFiles(target, data)).length, 0);
  console.log(`first run ${firstMs.toFixed(0)} ms, second ${(performance.now() - again).toFixed(0)} ms`);
  assert.equal(catalog.ticket.pushes.length, files);
});

test('a broken hall file is refused with its lines', async () => {
  const csv = 'section,row,seat,grade,x,y,flags\nA,1,1,VIP,0,0,\nA,1,2,VIP,NaN,0,\n';
  const message = await refusalOf(importHallFile(target, await write('broken.csv', csv)));
  assert.match(message, /line 3, x: "NaN"/);
});

test('a hall whose file name makes no slug is refused before it is sent, with the way out', async () => {
  const file = await write('My Hall.csv', 'section,row,seat,grade,x,y,flags\n');
  const away = { ...target, baseUrl: 'http://127.0.0.1:1' };
  await assert.rejects(importHallFile(away, file), /"My Hall", from the file's name.*--slug/s);
});

test('a gateway that does not answer is named', async () => {
  const file = await write('hall.csv', 'section,row,seat,grade,x,y,flags\n');
  const away = { ...target, baseUrl: 'http://127.0.0.1:1' };
  await assert.rejects(importHallFile(away, file), /Could not reach http:\/\/127\.0\.0\.1:1\./);
});

test('a file that is not UTF-8 is refused with its line', async () => {
  const csv = Buffer.concat([
    Buffer.from('section,row,seat,grade,x,y,flags\n'),
    Buffer.from([0xb0, 0xa1, 0x0a]),
  ]);
  assert.match(await refusalOf(importHallFile(target, await write('euc-kr.csv', csv))), /line 2: .*UTF-8/);
});

test('a broken event file is refused with its fields', async () => {
  const file = await write('broken.json', '{"slug":"x"}');
  assert.match(await refusalOf(importEventFile(target, file)), /invalid-input/);
  assert.match(await refusalOf(importEventFile(target, await write('no.json', '{'))), /JSON/);
});

test('the program imports by its arguments and ends with 1 and the reasons when a file is refused', async () => {
  const main = path.join(import.meta.dirname, 'main.ts');
  const env = { URR_ACCESS_TOKEN: target.accessToken };
  const good = await spawnProcess(
    main,
    [
      'halls',
      path.join(data, 'halls/small-theatre.csv'),
      '--url',
      target.baseUrl,
      '--slug',
      'mine',
      '--name-en',
      'Mine',
    ],
    { env },
  );
  assert.deepEqual(await good.exited, { code: 0, signal: null });
  await good.waitForOutput('265 places');
  const bad = await spawnProcess(main, ['halls', path.join(folder, 'broken.csv'), '--url', target.baseUrl], {
    env,
  });
  assert.deepEqual(await bad.exited, { code: 1, signal: null });
  await bad.waitForOutput('line 3, x');
  const unclear = await spawnProcess(main, ['seats'], { env });
  assert.deepEqual(await unclear.exited, { code: 1, signal: null });
  await unclear.waitForOutput('Usage');
});
