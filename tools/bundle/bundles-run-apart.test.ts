import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { type ServiceName, topology } from '@urr/contracts/topology.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { type TestServer, useTestServer } from '@urr/testkit/test-server.ts';
import pg from 'pg';
import { makeSecrets } from '../platform/secrets.ts';
import { answers, bundleApart, runBundled, startBundled } from './bundle-under-test.ts';

const services = Object.keys(topology).filter((name): name is ServiceName => name !== 'frontend');
const databases = services.flatMap((name) => topology[name].database ?? []);
const prefix = `test_${process.pid}_${randomBytes(4).toString('hex')}_`;
const secrets = makeSecrets();
const ports = new Map<ServiceName, number>();
let server: TestServer;
let images: string;

before(async () => {
  server = await useTestServer();
  images = await mkdtemp(path.join(tmpdir(), 'urr-images-'));
  for (const name of services) ports.set(name, await freePort());
});

after(async () => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const database of databases)
    await client.query(`DROP DATABASE IF EXISTS ${prefix}${database} WITH (FORCE)`);
  await client.end();
  await server.release();
  await rm(images, { recursive: true, force: true });
});

function environmentOf(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = {
    ...secrets,
    LOG_LEVEL: 'warn',
    COOKIE_SECURE: 'false',
    CATALOG_IMAGE_DIRECTORY: images,
    PAYMENT_RETURN_BASE_URL: 'http://localhost:3000',
    ...more,
  };
  for (const name of services) {
    environment[topology[name].urlVariable] = originOf(name);
    const { database } = topology[name];
    if (database === null) continue;
    const url = new URL(server.url);
    url.pathname = `/${prefix}${database}`;
    environment[`${database.toUpperCase()}_URL`] = url.href;
  }
  return environment;
}

function originOf(name: ServiceName): string {
  return `http://127.0.0.1:${ports.get(name) ?? 0}`;
}

async function startService(
  context: TestContext,
  name: ServiceName,
  more: Readonly<Record<string, string>> = {},
) {
  const folder = await bundleApart(context, name);
  const port = String(ports.get(name));
  const program = startBundled(context, folder, { ...environmentOf(more), PORT: port });
  await answers(`${originOf(name)}/health`, program);
  await program.ready;
  return program;
}

test('the whole platform runs from bundles: databases are made, services answer, demo events are on sale, all end cleanly', async (context) => {
  const migrate = await bundleApart(context, 'migrate');
  assert.match(
    await runBundled(context, migrate, environmentOf()),
    /ticket_db: platform\/0001_outbox\.sql, /,
  );
  assert.match(await runBundled(context, migrate, environmentOf()), /ticket_db: is up to date/);
  const programs = await Promise.all(services.map((name) => startService(context, name)));
  for (const name of services)
    assert.equal((await fetch(`${originOf(name)}/health/ready`)).status, 200, name);

  const admin = ['admin.js', 'create', '--email', 'operator@example.com'];
  assert.match(await runBundled(context, migrate, environmentOf(), admin), /One-time password/);
  await runBundled(context, migrate, environmentOf(), ['demo.js']);
  const gateway = originOf('gateway-service');
  const found = (await (await fetch(`${gateway}/api/v1/events`)).json()) as { events?: unknown[] };
  assert.ok((found.events?.length ?? 0) > 0, JSON.stringify(found).slice(0, 200));
  const script = await fetch(`${gateway}/docs/static/swagger-ui-bundle.js`);
  assert.equal(script.status, 200);
  await script.arrayBuffer();

  for (const program of programs) program.kill('SIGTERM');
  for (const [index, program] of programs.entries())
    assert.equal(await program.ended, 0, `${services[index]}: ${program.output()}`);
});

test('what is loaded on demand is in the bundle, too: clients of Redis, Kafka, SQS, S3, SMTP and tracing', async (context) => {
  const nobody = `127.0.0.1:${await freePort()}`;
  const shared = {
    REDIS_CLUSTER_NODES: nobody,
    KAFKA_BOOTSTRAP_SERVERS: nobody,
    AWS_REGION: 'ap-northeast-2',
  };
  const more: Partial<Record<ServiceName, Record<string, string>>> = {
    'auth-service': {
      SMTP_HOST: '127.0.0.1',
      MAIL_FROM: 'shop@example.com',
      WEB_PUBLIC_ORIGIN: 'http://localhost:3000',
    },
    'catalog-service': { AWS_S3_BUCKET: 'pictures' },
    'queue-service': { SQS_ENABLED: 'true', SQS_QUEUE_URL: `http://${nobody}/queue.fifo` },
  };
  for (const name of services) {
    const program = await startService(context, name, { ...shared, ...more[name] });
    assert.doesNotMatch(program.output(), /ERR_MODULE_NOT_FOUND|Cannot find (module|package)|ENOENT/, name);
    program.kill('SIGTERM');
    assert.equal(await program.ended, 0, `${name}: ${program.output()}`);
  }
});

test('a migration without databases names every variable that is missing', async (context) => {
  const program = startBundled(context, await bundleApart(context, 'migrate'), {});
  assert.equal(await program.ended, 1);
  for (const database of databases)
    assert.match(program.output(), new RegExp(`${database.toUpperCase()}_URL`));
});

test('the payment simulator runs from its bundle', async (context) => {
  const folder = await bundleApart(context, 'toss-simulator');
  const port = await freePort();
  const program = startBundled(context, folder, {
    PORT: String(port),
    SIMULATOR_CLIENT_KEY: secrets.TOSS_CLIENT_KEY,
    SIMULATOR_SECRET_KEY: secrets.TOSS_SECRET_KEY,
    SIMULATOR_STATE_DIR: images,
  });
  await answers(`http://127.0.0.1:${port}/health`, program);
  program.kill('SIGTERM');
  assert.equal(await program.ended, 0, program.output());
});

test('the pages run from their bundle, with the script of the line page', async (context) => {
  const folder = await bundleApart(context, 'frontend');
  const port = await freePort();
  const program = startBundled(context, folder, {
    NODE_ENV: 'production',
    PORT: String(port),
    GATEWAY_SERVICE_URL: originOf('gateway-service'),
  });
  const origin = `http://127.0.0.1:${port}`;
  await answers(`${origin}/health`, program);
  const page = await (await fetch(`${origin}/ko/login`)).text();
  const [style = ''] = /\/_next\/static\/[^"]+\.css/.exec(page) ?? [];
  for (const path of [style, '/tickets-worker.js']) {
    const file = await fetch(`${origin}${path}`);
    await file.arrayBuffer();
    assert.equal(file.status, 200, path);
  }
  assert.equal((await fetch(`${origin}/ko/nothing-here`, { method: 'HEAD' })).status, 404);
  program.kill('SIGTERM');
  assert.equal(await program.ended, 0, program.output());
});
