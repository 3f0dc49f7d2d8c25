import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ConfigFault } from '@urr/platform/config.ts';
import { readAuthConfig } from '../config.ts';
import { hasMailServer, smtpServerOf } from './smtp-server.ts';

const base = {
  AUTH_DB_URL: 'postgresql://localhost/auth_db',
  JWT_SECRET: randomBytes(32).toString('base64'),
  INTERNAL_API_TOKEN: randomBytes(32).toString('hex'),
};
const sent = { MAIL_FROM: 'URR 티켓 <shop@urr.example>', WEB_PUBLIC_ORIGIN: 'https://urr.example' };
const serverOf = (settings: Record<string, string>) => smtpServerOf(readAuthConfig({ ...base, ...settings }));
const faultsOf = (settings: Record<string, string>) => {
  try {
    readAuthConfig({ ...base, ...settings });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigFault);
    return error.faults;
  }
};

test('without a mail server mails stay here', () => {
  assert.equal(hasMailServer(readAuthConfig(base)), false);
  assert.equal(serverOf({}), undefined);
  assert.equal(serverOf({ MAIL_FROM: 'a@b.kr' }), undefined);
});

test('a host alone means STARTTLS at the submission port', () => {
  const server = serverOf({ ...sent, SMTP_HOST: 'mail.example' });
  assert.deepEqual(
    [server?.host, server?.port, server?.tls, server?.login],
    ['mail.example', 587, 'starttls', undefined],
  );
  assert.deepEqual(server?.from, { name: 'URR 티켓', address: 'shop@urr.example' });
  assert.equal(serverOf({ ...sent, SMTP_HOST: 'm', SMTP_TLS: 'implicit' })?.port, 465);
});

test('an address says all at once, with its password unescaped and secret', () => {
  const server = serverOf({ ...sent, SMTP_URL: 'smtps://shop%40urr:p%2Fw%20d@[::1]:1465' });
  assert.deepEqual(
    [server?.host, server?.port, server?.tls, server?.login?.user, server?.login?.password.reveal()],
    ['::1', 1465, 'implicit', 'shop@urr', 'p/w d'],
  );
  assert.ok(!JSON.stringify(server).includes('p/w d'));
  const plain = serverOf({ ...sent, SMTP_URL: 'smtp://mail.example', SMTP_TLS: 'none' });
  assert.deepEqual([plain?.port, plain?.tls], [587, 'none']);
});

test('contradictions and gaps are all told at once', () => {
  assert.equal(faultsOf({ SMTP_HOST: 'm', SMTP_USER: 'u' }).length, 3);
  assert.equal(faultsOf({ ...sent, SMTP_HOST: 'm', SMTP_URL: 'smtp://m' }).length, 1);
  assert.equal(faultsOf({ SMTP_PORT: '25' }).length, 1);
  assert.equal(faultsOf({ ...sent, SMTP_URL: 'smtp://%zz@m' }).length, 1);
  for (const from of ['nobody', 'a@b.kr\r\nBcc: c@d.kr', 'A <a@b.kr>, B <c@d.kr>', '<a@b.kr>'])
    assert.equal(faultsOf({ ...sent, SMTP_HOST: 'm', MAIL_FROM: from }).length, 1, from);
  assert.equal(faultsOf({ ...sent, SMTP_HOST: 'm', SMTP_TLS: 'maybe' }).length > 0, true);
});
