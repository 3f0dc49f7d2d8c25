import { randomBytes, randomUUID } from 'node:crypto';
import { after } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import type { InjectOptions } from 'fastify';
import pg from 'pg';
import { authService } from './service.ts';

export const password = 'correct horse battery';

/** A running auth-service over its own database, with cheap hashes. */
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
  const service = await authService.create(environment, { bus: createInProcessBus() });
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
  return { service, environment, databaseUrl: database.url, pool, inject, post, registerFan };
}

/** The header of a bearer. */
export function bearer(signedIn: Pick<SignedIn, 'accessToken'>): { authorization: string } {
  return { authorization: `Bearer ${signedIn.accessToken}` };
}
