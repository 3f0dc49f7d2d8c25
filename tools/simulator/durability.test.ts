import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import {
  createShop,
  keyEnvironment,
  type Shop,
  startReceiver,
  temporaryFolder,
  until,
} from './test-simulator.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  server.close();
  await once(server, 'close');
  return address.port;
}

type Program = { shop: Shop; child: ChildProcess; kill: (signal: NodeJS.Signals) => Promise<number | null> };

async function startProgram(
  context: TestContext,
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...keyEnvironment, PORT: String(port), SIMULATOR_STATE_DIR: folder, ...environment },
    stdio: 'inherit',
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const kill = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  context.after(() => kill('SIGKILL'));
  const shop = createShop(`http://127.0.0.1:${port}`);
  await until(
    () =>
      shop.get('/health').then(
        ({ status }) => status === 200,
        () => false,
      ),
    'the program to start',
  );
  return { shop, child, kill };
}

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('after kill -9 and restart', () => {
  it('every acknowledged approval is there, and nothing is charged twice', async (context) => {
    const folder = await temporaryFolder(context);
    const { kill, shop } = await startProgram(context, folder);
    const acknowledged = new Map<string, string>();
    let stopped = false;
    const buyers = Array.from({ length: 20 }, async () => {
      while (!stopped) {
        const payment = await shop.buy();
        const { body, status } = await shop.confirm(payment);
        if (status === 200) acknowledged.set(payment.paymentKey, JSON.stringify(body));
      }
    });
    await until(() => acknowledged.size >= 100, '100 approvals');
    const dead = kill('SIGKILL');
    stopped = true;
    await Promise.all([dead, ...buyers.map((buyer) => buyer.catch(() => undefined))]);
    const again = await startProgram(context, folder);
    for (const [paymentKey, before] of acknowledged) {
      assert.equal(
        JSON.stringify((await again.shop.get(`/v1/payments/${paymentKey}`)).body),
        portless(before, shop, again.shop),
      );
    }
    const audit = (await again.shop.get('/v1/simulator/audit')).body;
    assert.deepEqual(audit['ordersApprovedMoreThanOnce'], []);
    assert.equal(Number(audit['captured']), Number(audit['balance']));
  });

  it('a key still replays its first answer, success or error', async (context) => {
    const folder = await temporaryFolder(context);
    const { kill, shop } = await startProgram(context, folder, { SIMULATOR_PUBLIC_URL: 'http://toss.test' });
    const [paid, refused] = [await shop.buy(), await shop.buy()];
    const first = await shop.confirm(paid, keyed('paid'));
    const error = await shop.confirm({ ...refused, amount: 1 }, keyed('refused'));
    await shop.cancel(paid.paymentKey, {}, keyed('cancel'));
    await kill('SIGKILL');
    const again = await startProgram(context, folder, { SIMULATOR_PUBLIC_URL: 'http://toss.test' });
    assert.deepEqual((await again.shop.confirm(paid, keyed('paid'))).body, first.body);
    assert.deepEqual((await again.shop.confirm(refused, keyed('refused'))).body, error.body);
    assert.equal((await again.shop.cancel(paid.paymentKey, {}, keyed('cancel'))).body['status'], 'CANCELED');
    const audit = (await again.shop.get('/v1/simulator/audit')).body;
    assert.deepEqual([audit['captured'], audit['returned']], [15000, 15000]);
  });

  it('an undelivered webhook is still delivered, with its id; a delivered one is not repeated', async (context) => {
    const folder = await temporaryFolder(context);
    const receiver = await startReceiver(context, 200, 500);
    const environment = { SIMULATOR_WEBHOOK_URL: receiver.url };
    const { kill, shop } = await startProgram(context, folder, environment);
    await shop.confirm(await shop.buy());
    await until(() => receiver.posts.length === 1, 'the first post');
    await shop.confirm(await shop.buy());
    const noted = async () =>
      JSON.stringify((await shop.get('/v1/simulator/webhooks')).body).includes('"attempts":1,"dueAt"');
    await until(noted, 'the failed attempt');
    await kill('SIGKILL');
    const again = await startProgram(context, folder, environment);
    await again.shop.advance(60_000);
    await until(() => receiver.posts.length === 3, 'the repeated post');
    const [first, second, third] = receiver.posts.map(
      ({ headers }) => headers['tosspayments-webhook-transmission-id'],
    );
    assert.notEqual(first, second);
    assert.equal(second, third);
    assert.equal(receiver.posts[2]?.headers['tosspayments-webhook-transmission-retried-count'], '1');
  });

  it('the clock stays where the operator put it, and what fell due meanwhile expires', async (context) => {
    const folder = await temporaryFolder(context);
    const { kill, shop } = await startProgram(context, folder);
    const payment = await shop.buy();
    await shop.advance(9 * 60_000);
    await kill('SIGKILL');
    const again = await startProgram(context, folder);
    assert.equal((await again.shop.get('/v1/simulator/clock')).body['offsetMs'], 9 * 60_000);
    await again.shop.advance(60_000);
    assert.equal((await again.shop.confirm(payment)).body['code'], 'NOT_FOUND_PAYMENT_SESSION');
  });

  it('a torn last line is left out, a damaged one stops the start', async (context) => {
    const folder = await temporaryFolder(context);
    const { kill, shop } = await startProgram(context, folder);
    const payment = await shop.buy();
    await kill('SIGKILL');
    await appendFile(join(folder, 'journal.jsonl'), '{"at":17');
    const again = await startProgram(context, folder);
    assert.equal((await again.shop.confirm(payment)).status, 200);
    await again.kill('SIGKILL');
    await appendFile(join(folder, 'journal.jsonl'), 'damaged\n');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { ...keyEnvironment, PORT: '0', SIMULATOR_STATE_DIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(Buffer.concat(chunks).toString(), /journal is damaged at byte \d+/);
  });
});

describe('the program', () => {
  it('stops on SIGTERM once its answers are out', async (context) => {
    const { kill, shop } = await startProgram(context, await temporaryFolder(context));
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'slow', delayMs: 30_000 });
    const answer = shop.confirm(payment, keyed('k'));
    const inFlight = async () => (await shop.confirm(payment, keyed('k'))).status === 409;
    await until(inFlight, 'the slow confirm to be under way');
    assert.equal(await kill('SIGTERM'), 0);
    assert.equal((await answer).body['status'], 'DONE');
  });

  it('says all that is wrong with its configuration and does not start', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { PORT: 'x' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(Buffer.concat(chunks).toString(), /PORT[\s\S]*CLIENT_KEY[\s\S]*SECRET_KEY/);
  });
});

function portless(body: string, before: Shop, after: Shop): string {
  return body.replaceAll(before.baseUrl, after.baseUrl);
}
