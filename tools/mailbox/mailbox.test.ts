import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import { fastify } from 'fastify';
import { addMailboxRoutes } from './mailbox-routes.ts';
import { mailboxSourceOf } from './mailbox-source.ts';

const mailId = '0198f3a2-0000-7000-8000-000000000001';
const internalToken = 'a token that only workloads know';
const mail = {
  mailId,
  recipient: 'fan@example.com',
  subject: '[URR] <b>환영</b>',
  receivedAt: '2026-03-01T12:00:00.000Z',
};
const text =
  'Hello <script>alert(1)</script>\n\nOpen\nhttp://localhost:3000/ko/reset-password#urr_p_x\njavascript:alert(1)\n';

// auth-service, as far as the mailbox asks it.
const auth = fastify();
auth.addHook('onRequest', async (request, reply) => {
  if (request.headers['x-internal-token'] !== internalToken) await reply.code(401).send();
});
auth.get('/internal/mailbox', () => ({ mails: [mail] }));
auth.get<{ Params: { id: string } }>('/internal/mailbox/:id', (request, reply) =>
  request.params.id === mailId
    ? { ...mail, text, html: '<p>Hello</p><script>alert(1)</script>' }
    : reply.code(404).type('application/problem+json').send(problemDocument('mail-not-found')),
);
const authServiceUrl = await auth.listen({ port: 0, host: '127.0.0.1' });
const pages = fastify();
addMailboxRoutes(pages, { authServiceUrl, internalToken });
after(() => Promise.all([pages.close(), auth.close()]));
const read = (url: string, host = 'localhost:3010') => pages.inject({ url, headers: { host } });

test('mails are listed and opened, in either language, without scripts', async () => {
  const list = await read('/mailbox?lang=en');
  assert.equal(list.statusCode, 200);
  assert.match(list.body, /Mailbox/);
  assert.ok(list.body.includes(`href="/mailbox/${mailId}?lang=en"`));
  assert.ok(list.body.includes('&lt;b&gt;환영'));
  const opened = await read(`/mailbox/${mailId}`);
  assert.match(opened.body, /받는 사람/);
  assert.ok(opened.body.includes('<a href="http://localhost:3000/ko/reset-password#urr_p_x">'));
  assert.ok(!/<script|href="javascript/.test(opened.body));
  assert.match(String(opened.headers['content-security-policy']), /default-src 'none'/);
});

test('a mail as HTML is shown where nothing in it can act', async () => {
  const shown = await read(`/mailbox/${mailId}/html`);
  assert.match(String(shown.headers['content-security-policy']), /default-src 'none'.*sandbox/);
  assert.equal(shown.headers['content-type'], 'text/html; charset=utf-8');
});

test('what is not there is said so', async () => {
  for (const path of ['/mailbox/x', '/mailbox/..%2f..', `/mailbox/${mailId.replace('1', '2')}`])
    assert.equal((await read(path)).statusCode, 404, path);
});

test('under another name than this machine’s it shows nothing', async () => {
  for (const host of ['evil.example', 'localhost.evil.example', '192.0.2.1:3010'])
    assert.equal((await read('/mailbox', host)).statusCode, 421, host);
  assert.equal((await read('/mailbox', '127.0.0.1:3010')).statusCode, 200);
});

test('it does not exist where mails are sent, or where nobody said whose it is', () => {
  const given = { AUTH_SERVICE_URL: authServiceUrl, INTERNAL_API_TOKEN: internalToken };
  assert.deepEqual(mailboxSourceOf(given), { authServiceUrl, internalToken });
  for (const other of [
    {},
    { ...given, SMTP_HOST: 'm' },
    { ...given, SMTP_URL: 'smtp://m' },
    { ...given, INTERNAL_API_TOKEN: '' },
  ])
    assert.equal(mailboxSourceOf(other), undefined);
});
