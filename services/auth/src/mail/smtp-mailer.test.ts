import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { Secret } from '@urr/platform/secret.ts';
import { type SmtpReceiverOptions, startSmtpReceiver } from '@urr/testkit/smtp-receiver.ts';
import type { OutgoingMail } from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';
import type { SmtpServer } from './smtp-server.ts';

async function stage(
  options: SmtpReceiverOptions = {},
  settings: Partial<SmtpServer> & { readonly isTrusted?: boolean } = {},
) {
  const receiver = await startSmtpReceiver(options);
  const { isTrusted = true, ...given } = settings;
  const server: SmtpServer = {
    host: '127.0.0.1',
    port: receiver.port,
    tls: options.tls ?? 'starttls',
    login: undefined,
    from: { name: 'URR 티켓', address: 'shop@urr.example' },
    deadlineMs: 400,
    ...given,
  };
  const mailer = createSmtpMailer(server, isTrusted ? receiver.certificate : undefined);
  after(async () => {
    await mailer.close();
    await receiver.stop();
  });
  return { receiver, mailer, state: receiver.state };
}

const mailTo = (recipient: string, more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  mailId: randomUUID(),
  recipient,
  writtenAt: new Date('2026-03-01T12:00:00Z'),
  subject: 'Hello',
  text: 'Hello.\n',
  html: '<p>Hello.</p>',
  ...more,
});
const kindOf = async (mailer: { deliver: (mails: OutgoingMail[]) => Promise<readonly { kind: string }[]> }) =>
  (await mailer.deliver([mailTo('fan@example.com')]))[0]?.kind;

test('a repeat carries the same Message-ID and date, and says that a machine wrote it', async () => {
  const { mailer, state } = await stage();
  const mail = mailTo('fan@example.com');
  await mailer.deliver([mail]);
  await mailer.deliver([mail]);
  const heads = state.mails.map(({ headers }) =>
    ['message-id', 'date', 'auto-submitted', 'from', 'to'].map((name) => headers.get(name)?.[0]),
  );
  assert.deepEqual(heads[0], heads[1]);
  assert.deepEqual(heads[0], [
    `<${mail.mailId}@urr.example>`,
    'Sun, 01 Mar 2026 12:00:00 +0000',
    'auto-generated',
    'URR 티켓 <shop@urr.example>',
    'fan@example.com',
  ]);
});

test('connections are kept and no more than five are open', async () => {
  const { mailer, state } = await stage();
  for (let round = 0; round < 10; round += 1)
    await mailer.deliver(Array.from({ length: 5 }, () => mailTo('fan@example.com')));
  assert.equal(state.mails.length, 50);
  assert.ok(state.connections <= 5, String(state.connections));
});

test('nothing is sent in the clear unless that was asked for', async () => {
  const plain = await stage({ tls: 'none' }, { tls: 'starttls' });
  assert.equal(await kindOf(plain.mailer), 'later');
  assert.equal(plain.state.mails.length, 0);
  const asked = await stage({ tls: 'none' });
  assert.equal(await kindOf(asked.mailer), 'accepted');
});

test('a server that cannot prove its name gets nothing', async () => {
  for (const tls of ['starttls', 'implicit'] as const) {
    const { mailer, state } = await stage({ tls }, { isTrusted: false });
    assert.equal(await kindOf(mailer), 'later');
    assert.equal(state.mails.length, 0);
  }
});

test('TLS from the start works', async () => {
  const { mailer } = await stage({ tls: 'implicit' });
  assert.equal(await kindOf(mailer), 'accepted');
});

test('a login is used; a wrong one leaves the mail owed and its words out of the log', async () => {
  const login = { user: 'shop', password: 'open sesame' };
  const right = await stage({ login }, { login: { ...login, password: new Secret(login.password) } });
  assert.equal(await kindOf(right.mailer), 'accepted');
  assert.equal(right.state.logins, 1);
  const wrong = await stage({ login }, { login: { user: 'shop', password: new Secret('wrong') } });
  const [answer] = await wrong.mailer.deliver([mailTo('fan@example.com')]);
  assert.deepEqual(answer, { kind: 'later', fault: 'EAUTH AUTH PLAIN 535' });
});

test('a recipient or a message refused for good is; what may pass is not', async () => {
  const { mailer, state } = await stage();
  const expected = {
    'refuse-recipient': 'refused',
    'refuse-message': 'refused',
    'refuse-sender': 'later',
    busy: 'later',
    drop: 'later',
  } as const;
  for (const [mood, kind] of Object.entries(expected)) {
    state.mood = mood as keyof typeof expected;
    const [answer] = await mailer.deliver([mailTo('somebody@example.com')]);
    assert.equal(answer?.kind, kind, mood);
    assert.ok(!JSON.stringify(answer).includes('somebody'), mood);
  }
  state.mood = 'accept';
  assert.equal(await kindOf(mailer), 'accepted');
});

test('a server that falls silent or trickles its answer costs a mail its deadline, and the others nothing', async () => {
  const { mailer, state } = await stage();
  for (const mood of ['silent', 'trickle'] as const) {
    state.mood = mood;
    const started = performance.now();
    const answers = await mailer.deliver(Array.from({ length: 5 }, () => mailTo('fan@example.com')));
    assert.ok(answers.every(({ kind }) => kind === 'later'));
    assert.ok(performance.now() - started < 1_400, mood);
    state.mood = 'accept';
    assert.equal(await kindOf(mailer), 'accepted');
  }
});

test('closing ends what is under way', async () => {
  const { mailer, state } = await stage({}, { deadlineMs: 60_000 });
  state.mood = 'silent';
  const sending = mailer.deliver([mailTo('fan@example.com')]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await mailer.close();
  assert.equal((await sending)[0]?.kind, 'later');
});

test('no text becomes a header, a recipient or a command', async () => {
  const { mailer, state } = await stage();
  const evil = '\r\nBcc: spy@evil.example\r\n\r\n.\r\nMAIL FROM:<spy@evil.example>\r\n';
  const mails = [
    mailTo('fan@example.com', { subject: `Hello${evil}`, text: `Hello${evil}`, html: `<p>${evil}</p>` }),
    mailTo(`fan@example.com${evil}`),
    mailTo('fan@example.com>,<spy@evil.example'),
    mailTo('fan@example.com, spy@evil.example'),
    mailTo('"fan@example.com" <spy@evil.example>'),
  ];
  const answers = await mailer.deliver(mails);
  const kinds = answers.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['accepted', 'refused', 'refused', 'refused', 'refused']);
  for (const { recipients, headers, sender } of state.mails) {
    assert.equal(sender, 'shop@urr.example');
    assert.equal(recipients.length, 1);
    assert.equal(headers.get('bcc'), undefined);
    assert.equal(headers.get('subject')?.length, 1);
  }
  assert.equal(state.mails.length, 1);
  assert.equal(
    state.mails[0]?.text.replaceAll('\r\n', '\n').trim(),
    `Hello${evil}`.replaceAll('\r\n', '\n').trim(),
  );
});
