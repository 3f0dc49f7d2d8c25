import { randomBytes, randomUUID } from 'node:crypto';
import { after } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type { InjectOptions } from 'fastify';
import pg from 'pg';
import { authService } from './service.ts';

export const password = 'correct horse battery';

/** A mail as it lies in the mailbox. */
export interface KeptMail {
  readonly mail_id: string;
  readonly subject: string;
  readonly text_body: string;
  readonly html_body: string;
}

/** An auth-service over its own database, with cheap hashes. Mails go nowhere until `run`. */
export async function startAuth(settings: Readonly<Record<string, string>> = {}) {
  const database = await createTestDatabase({ migrations: authService.migrations ?? '' });
  const environment = {
    LOG_LEVEL: 'silent',
    PORT: '0',
    JWT_SECRET: randomBytes(32).toString('base64'),
    INTERNAL_API_TOKEN: randomBytes(32).toString('hex'),
    AUTH_DB_URL: database.url,
    PASSWORD_HASH_MEMORY_KIB: '64',
    PASSWORD_HASH_PASSES: '1',
    COOKIE_SECURE: 'false',
    ...settings,
  };
  const bus = createInProcessBus();
  const service = await authService.create(environment, { bus });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {});
  after(async () => {
    await service.app.close();
    await service.stop();
    await pool.end();
    await database.drop();
  });
  const inject = (options: InjectOptions) => service.app.inject(options);
  const post = (path: string, payload?: object, headers: Record<string, string> = {}) =>
    inject({
      method: 'POST',
      url: `/api/v1/auth/${path}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
  const registerFan = async (email = `fan-${randomUUID()}@example.com`): Promise<SignedIn> => {
    const response = await post('register', { email, password });
    if (response.statusCode !== 201) throw new Error(response.body);
    return response.json<SignedIn>();
  };
  const run = () => service.start();
  const mailsTo = async (email: string): Promise<KeptMail[]> => {
    const kept = 'SELECT * FROM mailbox WHERE recipient = $1 ORDER BY received_at, mail_id';
    return (await pool.query<KeptMail>(kept, [email])).rows;
  };
  /** Waits for a mail of that subject; needs `run`. */
  const mailTo = async (email: string, subject: RegExp): Promise<KeptMail> => {
    const found = async () => (await mailsTo(email)).findLast((mail) => subject.test(mail.subject));
    await waitUntil(async () => (await found()) !== undefined, { what: `${subject.source} to ${email}` });
    const mail = await found();
    if (mail === undefined) throw new Error('gone');
    return mail;
  };
  const databaseUrl = database.url;
  return { service, environment, databaseUrl, bus, pool, inject, post, registerFan, run, mailsTo, mailTo };
}

/** The header of a bearer. */
export function bearer(signedIn: Pick<SignedIn, 'accessToken'>): { authorization: string } {
  return { authorization: `Bearer ${signedIn.accessToken}` };
}
