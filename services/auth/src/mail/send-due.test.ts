import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { withDeadline } from '@urr/platform/deadline.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Registry } from '@urr/platform/metrics.ts';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockAdmins } from '../accounts/store.ts';
import { startAuth } from '../auth.fixture.ts';
import type { AuthTables } from '../tables.ts';
import { mostAttempts, pauseAfter } from './back-off.ts';
import { createMailLoop } from './mail-loop.ts';
import { createMailMetrics } from './mail-metrics.ts';
import type { Delivery, Mailer, OutgoingMail } from './mailer.ts';
import { sendDue } from './send-due.ts';
import { oweMails } from './store.ts';

const auth = await startAuth();

/** One replica with its own connections; `answer` plays the mail server. */
function replica(answer: (mail: OutgoingMail) => Delivery | Promise<Delivery>, batchSize = 5) {
  const pool = new pg.Pool({ connectionString: auth.databaseUrl, max: 2 });
  pool.on('error', () => {});
  after(() => pool.end());
  const db = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool }) });
  const seen: OutgoingMail[] = [];
  const mailer: Mailer = {
    batchSize,
    deadlineMs: 1_000,
    deliver: (mails) => {
      seen.push(...mails);
      return Promise.all(mails.map(async (mail) => answer(mail)));
    },
    close: () => Promise.resolve(),
  };
  const registry = new Registry();
  const metrics = createMailMetrics(registry, db);
  const logger = createLogger('test', 'silent');
  const deps = { db, mailer, metrics, logger, origin: 'https://urr.example', resetKey: Buffer.alloc(32) };
  return { db, deps, seen, registry, send: () => sendDue(deps) };
}

const accept = (): Delivery => ({ kind: 'accepted' });
const busy = (): Delivery => ({ kind: 'later', fault: '451' });
const stateOf = async (mailId: string) => {
  const { rows } = await auth.pool.query(
    `SELECT attempts, fault, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed,
       round(extract(epoch FROM next_attempt_at - clock_timestamp()))::int AS pause FROM mails WHERE id = $1`,
    [mailId],
  );
  return rows[0] as { attempts: number; fault: string; sent: boolean; failed: boolean; pause: number };
};
const makeDue = () =>
  auth.pool.query('UPDATE mails SET next_attempt_at = clock_timestamp() WHERE next_attempt_at IS NOT NULL');
const oweTo = async (count: number) => {
  await auth.pool.query('DELETE FROM mails');
  const fan = await auth.registerFan();
  await auth.pool.query('DELETE FROM mails');
  const { db } = replica(accept);
  const refunded = () => ({ reservationId: randomUUID(), amount: 1_000, ticketCount: 1, orderName: '' });
  const mails = Array.from({ length: count }, () => ({
    accountId: fan.account.accountId,
    content: { template: 'refund-done', data: refunded() } as const,
  }));
  await oweMails(db, mails);
  const { rows } = await auth.pool.query<{ id: string }>('SELECT id FROM mails');
  return rows.map(({ id }) => id);
};

test('mails are owed to admins while somebody decides who is one: groups of both cannot wait for each other', async () => {
  const { db } = replica(accept);
  const { account } = await auth.registerFan();
  await auth.pool.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [account.accountId]);
  const mail = { accountId: account.accountId, content: { template: 'welcome', data: {} } } as const;
  await db.transaction().execute(async (deciding) => {
    assert.ok((await lockAdmins(deciding)).includes(account.accountId));
    await withDeadline(oweMails(db, [mail]), 2_000, 'owing a mail');
  });
});

test('what is accepted is sent once and for all', async () => {
  const [mailId = ''] = await oweTo(1);
  const { send, seen } = replica(accept);
  assert.deepEqual([await send(), await send()], [1, 0]);
  assert.equal(seen.length, 1);
  assert.ok((await stateOf(mailId)).sent);
});

test('what is not taken yet waits longer each time, and is given up in the end, which metrics tell', async () => {
  const [mailId = ''] = await oweTo(1);
  const { send, registry } = replica(busy);
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    assert.equal(await send(), 1);
    const state = await stateOf(mailId);
    assert.equal(state.attempts, attempt);
    if (attempt < mostAttempts) pauses.push(state.pause);
    assert.equal(await send(), 0, 'not before its time');
    await makeDue();
  }
  assert.deepEqual(pauses.slice(0, 4), [5, 15, 45, 135]);
  assert.equal(Math.max(...pauses), 3_600);
  const total = Array.from({ length: mostAttempts }, (_, index) => pauseAfter(index + 1));
  assert.ok(total.reduce((sum, pause) => sum + pause, 0) > 20 * 3_600);
  const state = await stateOf(mailId);
  assert.deepEqual([state.failed, state.sent, state.fault], [true, false, '451']);
  const metrics = await registry.metrics();
  assert.match(metrics, /mail_attempts_total\{template="refund-done",outcome="failed"\} 1/);
  assert.match(metrics, /mails_waiting 0/);
});

test('what is refused for good is not tried again, and holds nobody else up', async () => {
  const ids = await oweTo(3);
  const [victim = ''] = ids;
  const { send } = replica((mail) => (mail.mailId === victim ? { kind: 'refused', fault: '550' } : accept()));
  await send();
  assert.ok((await stateOf(victim)).failed);
  for (const mailId of ids.slice(1)) assert.ok((await stateOf(mailId)).sent);
  await makeDue();
  assert.equal(await send(), 0);
});

test('a wish for a new password that waited an hour is given up unsent', async () => {
  const fan = await auth.registerFan();
  await auth.pool.query('DELETE FROM mails');
  await auth.post('password-reset', { email: fan.account.email });
  const { rows } = await auth.pool.query<{ id: string }>('SELECT id FROM mails');
  const mailId = rows[0]?.id ?? '';
  const away = replica(busy);
  await away.send();
  assert.equal((await stateOf(mailId)).failed, false);
  await auth.pool.query("UPDATE mails SET give_up_at = give_up_at - interval '1 hour'");
  await makeDue();
  const back = replica(accept);
  await back.send();
  assert.equal(back.seen.length, 0);
  assert.ok((await stateOf(mailId)).failed);
});

test('two replicas share the work: each mail goes out once', async () => {
  const ids = await oweTo(60);
  const slowly = () => new Promise<Delivery>((resolve) => setTimeout(() => resolve(accept()), 5));
  const replicas = [replica(slowly), replica(slowly), replica(slowly)];
  const loops = replicas.map(({ deps }) => createMailLoop(deps));
  for (const loop of loops) loop.start();
  while ((await auth.pool.query('SELECT 1 FROM mails WHERE sent_at IS NULL')).rowCount !== 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await Promise.all(loops.map((loop) => loop.stop()));
  const sent = replicas.flatMap(({ seen }) => seen.map(({ mailId }) => mailId));
  assert.deepEqual(sent.toSorted(), ids.toSorted());
  assert.ok(replicas.every(({ seen }) => seen.length > 0));
});

test('control: replicas that do not claim send the same mail twice', async () => {
  await oweTo(10);
  const unguarded = () =>
    auth.pool.query<{ id: string }>(
      'SELECT id FROM mails WHERE next_attempt_at <= clock_timestamp() LIMIT 5',
    );
  const [one, other] = await Promise.all([unguarded(), unguarded()]);
  assert.deepEqual(one.rows, other.rows);
});

test('a replica that was away does not undo what another has done meanwhile', async () => {
  const [mailId = ''] = await oweTo(1);
  let wake = () => {};
  const asleep = replica(() => new Promise((resolve) => (wake = () => resolve(busy()))));
  const sleeping = asleep.send();
  while (asleep.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // Its lease ends.
  await makeDue();
  await replica(accept).send();
  wake();
  await sleeping;
  const state = await stateOf(mailId);
  assert.deepEqual([state.sent, state.pause, state.attempts], [true, null, 2]);
});

test('one mail that cannot be written holds up no other', async () => {
  const ids = await oweTo(2);
  await auth.pool.query("UPDATE mails SET template = 'from-a-later-version' WHERE id = $1", [ids[0]]);
  const { send } = replica(accept);
  await send();
  assert.ok((await stateOf(ids[1] ?? '')).sent);
  const state = await stateOf(ids[0] ?? '');
  assert.deepEqual([state.sent, state.failed, state.fault], [false, false, 'not written']);
});

test('the mail server being away fails no request', async () => {
  const fan = await auth.registerFan();
  await replica(busy).send();
  assert.equal((await auth.post('password-reset', { email: fan.account.email })).statusCode, 202);
  assert.equal((await auth.post('refresh', { refreshToken: fan.refreshToken })).statusCode, 200);
});
