import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { freePort } from '@urr/testkit/free-port.ts';
import { spawnProcess, type SpawnedProcess } from '@urr/testkit/spawn-process.ts';
import { type SmtpReceiverOptions, startSmtpReceiver } from '@urr/testkit/smtp-receiver.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { password, startAuth } from '../auth.fixture.ts';

// Gives this file a database, and a pool to look into it; the service under test is a process of its own.
const auth = await startAuth();
const main = path.join(import.meta.dirname, '../main.ts');

async function stage(context: TestContext, options: SmtpReceiverOptions) {
  const receiver = await startSmtpReceiver(options);
  const running: SpawnedProcess[] = [];
  // The next test's mails are not for this one's service.
  context.after(async () => {
    await Promise.all(running.map((process) => process.kill()));
    await receiver.stop();
  });
  const port = await freePort();
  const start = async () => {
    const env = {
      ...auth.environment,
      PORT: String(port),
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(receiver.port),
      SMTP_TLS: 'none',
      SMTP_DEADLINE_MS: '5000',
      MAIL_FROM: 'shop@urr.example',
      WEB_PUBLIC_ORIGIN: 'https://urr.example',
    };
    const started = await spawnProcess(main, [], { env });
    running.push(started);
    const isHealthy = () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitUntil(isHealthy, { timeoutMs: 15_000, what: 'the service' });
    return started;
  };
  const register = async (email: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    assert.equal(answer.status, 201);
  };
  const mailsTo = (email: string) => receiver.state.mails.filter((mail) => mail.recipients[0] === email);
  return { receiver, start, register, mailsTo };
}

// What a killed replica had claimed is free when its lease ends; nobody waits for that here.
const endLeases = () =>
  auth.pool.query('UPDATE mails SET next_attempt_at = clock_timestamp() WHERE next_attempt_at IS NOT NULL');

test('a mail owed by an acknowledged request outlives kill -9 before it is sent', async (context) => {
  const { receiver, start, register, mailsTo } = await stage(context, {});
  receiver.state.mood = 'silent';
  const first = await start();
  await register('before@example.com');
  await first.kill();
  receiver.state.mood = 'accept';
  await endLeases();
  await start();
  await waitUntil(() => mailsTo('before@example.com').length > 0, { timeoutMs: 15_000 });
  assert.match(mailsTo('before@example.com')[0]?.headers.get('subject')?.[0] ?? '', /가입을 환영합니다/);
});

test('killed between sending and writing that down, it is sent again under the same Message-ID', async (context) => {
  const email = 'between@example.com';
  const victim: { process?: SpawnedProcess } = {};
  const { start, register, mailsTo } = await stage(context, {
    delayMs: 300,
    // The server has it; its answer never arrives.
    onMail: (mail) => {
      if (mail.recipients[0] === email && mailsTo(email).length === 1) void victim.process?.kill();
    },
  });
  victim.process = await start();
  await register(email);
  await victim.process.exited;
  await endLeases();
  await start();
  await waitUntil(() => mailsTo(email).length > 1, { timeoutMs: 15_000 });
  const ids = mailsTo(email).map(({ headers }) => headers.get('message-id')?.[0]);
  assert.equal(ids.length, 2);
  assert.equal(new Set(ids).size, 1);
});

test('control: a mail that is written after the commit it tells of is lost by the same kill', async (context) => {
  const { receiver, start, register, mailsTo } = await stage(context, {});
  // Takes the mail out of the registration's transaction, as if it were sent from memory afterwards.
  await auth.pool.query(
    `CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  );
  await auth.pool.query(
    'CREATE TRIGGER forget BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION forget()',
  );
  receiver.state.mood = 'silent';
  const first = await start();
  await register('lost@example.com');
  await first.kill();
  await auth.pool.query('DROP TRIGGER forget ON mails');
  receiver.state.mood = 'accept';
  await start();
  await register('next@example.com');
  await waitUntil(() => mailsTo('next@example.com').length > 0, { timeoutMs: 15_000 });
  assert.equal(mailsTo('lost@example.com').length, 0);
});
