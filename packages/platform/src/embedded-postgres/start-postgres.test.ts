import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '@urr/testkit/free-port.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import pg from 'pg';
import { ensureDatabase } from './ensure-database.ts';
import { AlreadyRunningError } from './ownership.ts';
import { isAlive } from './process-identity.ts';
import { PortTakenError, startPostgres, type PostgresServer } from './start-postgres.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let dataDirectory: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'urr-postgres-'));
  await chmod(folder, 0o755);
  dataDirectory = join(folder, 'postgres');
});

after(() => rm(folder, { recursive: true }));

async function run<Row extends pg.QueryResultRow>(server: PostgresServer, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url('shop') });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function startShop(directory = dataDirectory): Promise<PostgresServer> {
  const server = await startPostgres({ dataDirectory: directory, port: await freePort() });
  await ensureDatabase(server, 'shop');
  await run(server, 'CREATE TABLE IF NOT EXISTS sold (seat text)');
  return server;
}

test('a restarted server has its data and its password', async () => {
  const first = await startShop();
  await run(first, `INSERT INTO sold VALUES ('A1')`);
  await first.stop();

  const second = await startShop();
  assert.deepEqual(await run(second, 'SELECT seat FROM sold'), [{ seat: 'A1' }]);
  assert.equal(second.superuserPassword, first.superuserPassword);
  assert.notEqual(second.pid, first.pid);
  await second.stop();
});

test('the embedded server is durable, local and asks for the password', async () => {
  const server = await startShop();
  const [settings] = await run(
    server,
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
            current_setting('listen_addresses') AS address, current_setting('max_connections') AS connections,
            current_setting('server_encoding') AS encoding`,
  );
  assert.deepEqual(settings, {
    fsync: 'on',
    commit: 'on',
    address: '127.0.0.1',
    connections: '200',
    encoding: 'UTF8',
  });
  const stranger = new pg.Client({
    connectionString: server.url('shop').replace(server.superuserPassword, 'guess'),
  });
  await assert.rejects(stranger.connect(), { code: '28P01' });
  await server.stop();
});

test('what people typed stays out of the log when a statement is refused', async () => {
  const server = await startShop();
  await assert.rejects(run(server, `SELECT 'secret-of-a-fan'::int`));
  await server.stop();
  assert.doesNotMatch(await readFile(server.logFile, 'utf8'), /secret-of-a-fan/);
});

test('a server killed with -9 is noticed and recovers what was committed', async () => {
  const first = await startShop();
  await run(first, `INSERT INTO sold VALUES ('B7')`);
  const reason = new Promise<string>((resolve) => first.onExit(resolve));
  process.kill(first.pid, 'SIGKILL');
  assert.equal(await reason, 'ended with SIGKILL');
  await first.stop();

  const second = await startShop();
  assert.equal((await run(second, `SELECT FROM sold WHERE seat = 'B7'`)).length, 1);
  await second.stop();
});

test('a server killed with -9 while a statement runs is started again when that statement has ended', async () => {
  const first = await startShop();
  const busy = new pg.Client({ connectionString: first.url('shop') });
  busy.on('error', () => {});
  await busy.connect();
  const statement = busy
    .query(`SELECT sum(length(repeat('x', 200))) FROM generate_series(1, 5000000)`)
    .catch(() => {});
  await waitUntil(
    async () => (await run(first, `SELECT FROM pg_stat_activity WHERE state = 'active'`)).length > 1,
  );
  process.kill(first.pid, 'SIGKILL');
  await first.stop();

  const second = await startShop();
  assert.ok((await run(second, 'SELECT FROM sold')).length > 0);
  await second.stop();
  await statement;
});

test('stopping does not wait for open connections, and is not reported as an end of its own', async () => {
  const server = await startShop();
  const idle = new pg.Client({ connectionString: server.url('shop') });
  idle.on('error', () => {});
  await idle.connect();
  let reported = false;
  server.onExit(() => (reported = true));
  await Promise.all([server.stop(), server.stop()]);
  assert.equal(isAlive(server.pid), false);
  assert.equal(reported, false);
});

test('a port taken by another program is named in the refusal', async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  await assert.rejects(startPostgres({ dataDirectory, port }), (error: unknown) => {
    assert.ok(error instanceof PortTakenError);
    assert.match(error.message, new RegExp(`Port ${port} is taken`));
    return true;
  });
  other.close();
});

test('two programs cannot run the same data directory', async () => {
  const server = await startShop();
  await assert.rejects(startPostgres({ dataDirectory, port: await freePort() }), AlreadyRunningError);
  await server.stop();
});

test('a server that outlived its killed starter is stopped, and its data served on the same port', async () => {
  const port = await freePort();
  const starter = await spawnProcess(join(import.meta.dirname, 'killed-start.fixture.ts'), [
    dataDirectory,
    String(port),
  ]);
  await starter.waitForOutput('started');
  const leftover = Number(/started (\d+)/.exec(starter.output())?.[1]);
  await starter.kill('SIGKILL');
  assert.equal(isAlive(leftover), true);

  const server = await startPostgres({ dataDirectory, port });
  assert.equal(isAlive(leftover), false);
  assert.ok((await run(server, 'SELECT seat FROM sold')).length > 0);
  await server.stop();
});

test(
  'a pid file from before a power loss does not block the start when another process has that pid',
  { skip: !isRoot },
  async () => {
    await (await startShop()).stop();
    const owner = await stat(dataDirectory);
    const bystander = await spawnProcess('sleep', ['60'], { uid: owner.uid, gid: owner.gid });
    const leftover = `${bystander.pid}\n${dataDirectory}\n1700000000\n5432\n\n127.0.0.1\n  123456    654321\nready   \n`;
    await writeFile(join(dataDirectory, 'postmaster.pid'), leftover);

    await (await startShop()).stop();
    assert.equal(isAlive(bystander.pid), true);
    await bystander.kill();
  },
);

test('an initialisation that was cut off is made anew', async () => {
  const directory = join(folder, 'cut-off');
  await mkdir(join(`${directory}.new`, 'data'), { recursive: true });
  await writeFile(join(`${directory}.new`, 'data', 'PG_VERSION'), '18\n');
  await (await startShop(directory)).stop();
});

test('a folder with other files in it is refused and left alone', async () => {
  const directory = join(folder, 'photos');
  await mkdir(directory);
  await writeFile(join(directory, 'cat.jpg'), '');
  await assert.rejects(startShop(directory), /holds something other than a database/);
  assert.ok(await stat(join(directory, 'cat.jpg')));
});

test('the data of another major version is refused with a way out', async () => {
  const directory = join(folder, 'older');
  await mkdir(directory);
  await writeFile(join(directory, 'PG_VERSION'), '17\n');
  await assert.rejects(startShop(directory), /made by PostgreSQL 17, and 18 is installed/);
});

test(
  'below a home closed to others the data is kept elsewhere and found again',
  { skip: !isRoot },
  async () => {
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    const asked = join(home, 'clone', '.urr', 'postgres');

    const first = await startShop(asked);
    await run(first, `INSERT INTO sold VALUES ('C3')`);
    await first.stop();
    assert.equal((await lstat(asked)).isSymbolicLink(), true);
    assert.equal(await realpath(asked), first.dataDirectory);
    assert.equal((await stat(first.dataDirectory)).mode & 0o077, 0);

    const second = await startShop(asked);
    assert.equal((await run(second, `SELECT FROM sold WHERE seat = 'C3'`)).length, 1);
    await second.stop();

    await rm(asked);
    const fresh = await startShop(asked);
    assert.equal((await run(fresh, 'SELECT FROM sold')).length, 0, 'a removed link starts empty');
    await fresh.stop();
    for (const place of [fresh.dataDirectory, `${fresh.dataDirectory}.replaced`])
      await rm(place, { recursive: true });
  },
);
