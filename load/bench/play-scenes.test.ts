import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { freePort } from '@urr/testkit/free-port.ts';
import { createCleanup } from './cleanup.ts';
import { startLoadClient } from './client/load-client.ts';
import { type BenchKey, benchKeys } from './lines.ts';
import { compare, type Side } from './measure/compare.ts';
import { playScenes } from './play-scenes.ts';
import { jsonReport } from './report/json.ts';
import { exitCodeOf, type Outcome } from './report/outcome.ts';
import { tableRow } from './report/table.ts';
import { ratioFigure, type Scene } from './scenes/scene.ts';
import { type ServerProcess, startServer } from './servers/server-process.ts';
import type { Stage } from './stage/stage.ts';

const machine = { cores: 2, processor: 'p', memoryGigabytes: 1, system: 's', node: '24' };
const value = (number: number) => ({ kind: 'value', value: number, details: {} }) as const;

function scene(keys: readonly BenchKey[], play: Scene['play']): Scene {
  return { keys, play };
}

async function play(scenes: readonly Scene[], keys: readonly BenchKey[]) {
  const told: BenchKey[] = [];
  const outcomes = await playScenes(scenes, keys, {
    makeStage: (cleanup) => ({ cleanup }) as Stage,
    tell: (key) => void told.push(key),
    cleanup: createCleanup(),
  });
  return { outcomes, told };
}

test('only scenes with a line asked for are played, and only that line is asked of them', async () => {
  const asked: BenchKey[][] = [];
  const both = scene(['rssMegabytes', 'startSeconds'], async (_stage, keys, report) => {
    asked.push([...keys]);
    report('startSeconds', value(3));
  });
  const other = scene(['gatewayVsProxy'], async () => assert.fail('nobody asked'));
  const { outcomes, told } = await play([both, other], ['startSeconds']);
  assert.deepEqual(asked, [['startSeconds']]);
  assert.deepEqual(told, ['startSeconds']);
  assert.equal(exitCodeOf(outcomes), 0);
});

test('a missed limit makes the exit code 1', async () => {
  const slow = scene(['startSeconds'], async (_stage, _keys, report) => report('startSeconds', value(10.5)));
  const { outcomes } = await play([slow], ['startSeconds']);
  assert.equal(exitCodeOf(outcomes), 1);
  assert.match(
    tableRow('startSeconds', outcomes.get('startSeconds') as Outcome),
    /^✖ startSeconds +10\.50 s/,
  );
});

test('a scene that fails fails its unmeasured lines, is cleaned up, and the next is played', async () => {
  const undone: string[] = [];
  const failing = scene(['rssMegabytes', 'startSeconds'], async (stage, _keys, report) => {
    stage.cleanup.add('first', async () => undone.push('first'));
    stage.cleanup.add('second', () => Promise.reject(new Error('stuck')));
    stage.cleanup.add('third', async () => undone.push('third'));
    report('rssMegabytes', value(500));
    throw new Error('no start', { cause: new Error('port taken') });
  });
  const next = scene(['gatewayVsProxy'], async (_stage, _keys, report) => report('gatewayVsProxy', value(1)));
  const { outcomes } = await play([failing, next], ['rssMegabytes', 'startSeconds', 'gatewayVsProxy']);
  assert.deepEqual(undone, ['third', 'first']);
  assert.equal(outcomes.get('rssMegabytes')?.kind, 'measured');
  assert.deepEqual(outcomes.get('startSeconds'), { kind: 'failed', fault: 'no start (port taken)' });
  assert.equal(outcomes.get('gatewayVsProxy')?.kind, 'measured');
  assert.equal(exitCodeOf(outcomes), 1);
});

test('JSON has every key of the table, null for what was not measured, and the details', async () => {
  const one = scene(['startSeconds'], async (_stage, _keys, report) =>
    report('startSeconds', value(2.34567)),
  );
  const { outcomes } = await play([one], ['startSeconds']);
  const report = jsonReport(outcomes, machine) as Record<string, unknown>;
  assert.equal(report['startSeconds'], 2.346);
  assert.equal(report['pollVsBareHttp'], null);
  assert.equal(Object.keys(report).length, benchKeys.length + 1);
  assert.ok('details' in report);
});

const crashingServer = `
  import { createServer } from 'node:http';
  let answered = 0;
  createServer((request, response) => {
    answered += 1;
    if (answered > 500) { console.error('out of luck'); process.exit(3); }
    response.end('ok');
  }).listen(Number(process.env.PORT), '127.0.0.1', () => process.send('ready'));
  process.once('disconnect', () => process.exit(0));
`;

async function serverOf(context: TestContext, source: string): Promise<ServerProcess> {
  const directory = await mkdtemp(path.join(tmpdir(), 'urr-bench-test-'));
  context.after(() => rm(directory, { recursive: true }));
  const script = path.join(directory, 'server.mjs');
  await writeFile(script, source);
  const server = await startServer({
    name: 'fragile',
    script,
    port: await freePort(),
    environment: {},
    logDirectory: directory,
  });
  context.after(() => server.stop());
  return server;
}

test('a server that crashes under load is reported with its last words, and is no zero', async (context) => {
  const client = startLoadClient();
  context.after(() => client.stop());
  const fragile = await serverOf(context, crashingServer);
  const plan = { method: 'GET', path: '/', count: 1, isOnce: false } as const;
  const load = { connections: 8, plan, expectedStatus: 200, rampMs: 100, durationMs: 5_000 };
  const side: Side = {
    name: 'fragile',
    servers: [fragile],
    measure: () => client.run({ port: fragile.port, ...load }),
  };
  const crashing = scene(['gatewayVsProxy'], async (_stage, _keys, report) => {
    report('gatewayVsProxy', ratioFigure(await compare(side, side, 1)));
  });
  const { outcomes } = await play([crashing], ['gatewayVsProxy']);
  const outcome = outcomes.get('gatewayVsProxy');
  assert.equal(outcome?.kind, 'failed');
  assert.match(
    outcome?.kind === 'failed' ? outcome.fault : '',
    /fragile ended by itself \(code 3\): out of luck/,
  );
  const report = jsonReport(outcomes, machine) as Record<string, unknown>;
  assert.equal(report['gatewayVsProxy'], null);
  assert.equal(exitCodeOf(outcomes), 1);
});

test('a server that cannot start is reported with its last words', async (context) => {
  await assert.rejects(
    serverOf(context, "console.error('no database'); process.exit(1);"),
    /fragile ended by itself \(code 1\): no database/,
  );
});

test('a paused server answers nothing and goes on when it is resumed', async (context) => {
  const server = await serverOf(context, crashingServer);
  server.pause();
  await assert.rejects(fetch(server.url, { signal: AbortSignal.timeout(300) }), /timeout/i);
  server.resume();
  assert.equal((await fetch(server.url, { signal: AbortSignal.timeout(5_000) })).status, 200);
});
