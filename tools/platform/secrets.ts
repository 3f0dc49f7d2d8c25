import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The embedded profile's own secrets, made once and kept beside its data. */
export interface EmbeddedSecrets {
  readonly JWT_SECRET: string;
  readonly INTERNAL_API_TOKEN: string;
  readonly QUEUE_ENTRY_TOKEN_SECRET: string;
  readonly TOSS_CLIENT_KEY: string;
  readonly TOSS_SECRET_KEY: string;
  readonly FRONTEND_SECRET: string;
}

/** Reads the secrets of a state directory, or makes them. */
export async function readOrMakeSecrets(stateDirectory: string): Promise<EmbeddedSecrets> {
  const file = path.join(stateDirectory, 'secrets.json');
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const known = stored === undefined ? {} : (JSON.parse(stored) as Partial<EmbeddedSecrets>);
  const made = makeSecrets();
  // One that an earlier version did not have is made now; those that are there stay.
  const secrets = { ...made, ...known };
  if (Object.keys(made).every((name) => name in known)) return secrets;
  // Put into place whole, so that a crash never leaves half a file.
  const written = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(written, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  if (stored === undefined) return linkFirst(stateDirectory, { written, file, secrets });
  await rename(written, file);
  return secrets;
}

// Of two first starts at once the faster one's secrets are everybody's.
async function linkFirst(
  stateDirectory: string,
  made: { readonly written: string; readonly file: string; readonly secrets: EmbeddedSecrets },
): Promise<EmbeddedSecrets> {
  try {
    await link(made.written, made.file);
    return made.secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return await readOrMakeSecrets(stateDirectory);
  } finally {
    await rm(made.written, { force: true });
  }
}

/** New secrets, each at random. */
export function makeSecrets(): EmbeddedSecrets {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  // The provider's keys go on with a letter or a digit, which base64url does not promise.
  const alphanumeric = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    JWT_SECRET: randomBytes(48).toString('base64'),
    INTERNAL_API_TOKEN: random(36),
    QUEUE_ENTRY_TOKEN_SECRET: random(48),
    TOSS_CLIENT_KEY: `test_ck_${alphanumeric(24)}`,
    TOSS_SECRET_KEY: `test_sk_${alphanumeric(24)}`,
    FRONTEND_SECRET: random(36),
  };
}
