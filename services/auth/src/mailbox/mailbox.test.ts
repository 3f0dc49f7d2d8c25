import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailboxEntry, MailboxMail } from '@urr/contracts/auth-mailbox.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import { startSmtpReceiver } from '@urr/testkit/smtp-receiver.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { Kysely, PostgresDialect } from 'kysely';
import { bearer, startAuth } from '../auth.fixture.ts';
import type { AuthTables } from '../tables.ts';
import { removeOldMailboxRows } from './store.ts';

const auth = await startAuth();
await auth.run();
const read = (path = '', token = auth.environment.INTERNAL_API_TOKEN) =>
  auth.inject({ method: 'GET', url: `/internal/mailbox${path}`, headers: { [internalTokenHeader]: token } });
const listOf = async (query = '') => (await read(query)).json<{ mails: MailboxEntry[] }>().mails;

test('without a mail server mails are read from the mailbox, newest first', async () => {
  const emails = ['one@example.com', 'two@example.com'];
  for (const email of emails) {
    await auth.registerFan(email);
    await auth.mailTo(email, /환영/);
  }
  const mails = await listOf();
  assert.deepEqual(
    mails.map(({ recipient }) => recipient),
    emails.toReversed(),
  );
  const [newest] = mails;
  const mail = (await read(`/${newest?.mailId}`)).json<MailboxMail>();
  assert.match(mail.text, /환영|감사/);
  assert.match(mail.html, /<div lang="en">/);
  assert.deepEqual(
    (await listOf('?recipient=one@example.com')).map(({ recipient }) => recipient),
    [emails[0]],
  );
  assert.equal((await listOf('?limit=1')).length, 1);
});

test('only a workload reads it, and nonsense is refused', async () => {
  const fan = await auth.registerFan();
  assert.equal((await read('', 'wrong'.repeat(10))).statusCode, 401);
  const asFan = await auth.inject({ method: 'GET', url: '/internal/mailbox', headers: bearer(fan) });
  assert.equal(asFan.statusCode, 401);
  const unknown = await read('/0198f3a2-0000-7000-8000-000000000001');
  assert.equal(unknown.json<{ code: string }>().code, 'mail-not-found');
  for (const path of ['/x', '?limit=0', '?limit=9999', '?recipient=', '?recipient=%00'])
    assert.equal((await read(path)).statusCode, 422, path);
});

test('it stays bounded', async () => {
  const db = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool: auth.pool }) });
  await auth.pool.query(
    `INSERT INTO mailbox SELECT gen_random_uuid(), 'old@example.com', '', '', '', clock_timestamp() - n * interval '1 minute'
     FROM generate_series(1, 50) n`,
  );
  const kept = async () => (await auth.pool.query('SELECT 1 FROM mailbox')).rowCount;
  await removeOldMailboxRows(db, { days: 7, keep: 10 }, 1_000);
  assert.equal(await kept(), 11);
  await auth.pool.query("UPDATE mailbox SET received_at = received_at - interval '8 days'");
  await removeOldMailboxRows(db, { days: 7, keep: 10 }, 1_000);
  assert.equal(await kept(), 0);
});

test('with a mail server there is no mailbox, and no mail lies in it', async () => {
  const receiver = await startSmtpReceiver({ tls: 'none' });
  const sending = await startAuth({
    SMTP_URL: `smtp://127.0.0.1:${receiver.port}`,
    SMTP_TLS: 'none',
    MAIL_FROM: 'shop@urr.example',
    WEB_PUBLIC_ORIGIN: 'https://urr.example',
  });
  await sending.run();
  const fan = await sending.registerFan();
  await waitUntil(() => receiver.state.mails.length === 1);
  assert.deepEqual(receiver.state.mails[0]?.recipients, [fan.account.email]);
  assert.deepEqual(await sending.mailsTo(fan.account.email), []);
  const answer = await sending.inject({
    method: 'GET',
    url: '/internal/mailbox',
    headers: { [internalTokenHeader]: sending.environment.INTERNAL_API_TOKEN },
  });
  assert.equal(answer.statusCode, 404);
  await receiver.stop();
});
