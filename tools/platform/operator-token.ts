import { randomUUID } from 'node:crypto';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import pg from 'pg';

const lifetimeSeconds = 300;

/** An access token of the platform's first admin, for a program that holds the platform's secrets. */
export async function operatorToken(platform: {
  readonly authDatabaseUrl: string;
  readonly jwtSecret: string;
}): Promise<string> {
  const accountId = await firstAdmin(platform.authDatabaseUrl);
  return signAccessToken(
    { accountId, role: 'admin', sessionId: randomUUID() },
    { nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds, tokenId: randomUUID() },
    signingKey(new Secret(platform.jwtSecret)),
  );
}

async function firstAdmin(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM accounts WHERE role = 'admin' ORDER BY id LIMIT 1",
    );
    const admin = rows[0];
    if (admin === undefined) throw new Error('The platform has no admin account');
    return admin.id;
  } finally {
    await client.end();
  }
}
