import { randomBytes } from 'node:crypto';
import { makeSecrets } from '../platform/secrets.ts';

/** Secrets that `compose.yaml` takes from `.env`, each made at random; no two platforms share one. */
export function composeSecrets(): Readonly<Record<string, string>> {
  const hex = () => randomBytes(24).toString('hex');
  // Part of an address, so letters and digits alone.
  return { ...makeSecrets(), POSTGRES_PASSWORD: hex(), REDIS_PASSWORD: hex() };
}

/** The text of `.env`: what is there stays as it is, since data may be locked with it; what is missing is added. */
export function envFileWith(present: string, secrets: Readonly<Record<string, string>>): string {
  const known = new Set([...present.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
  const added = Object.entries(secrets).filter(([name]) => !known.has(name));
  const end = present === '' || present.endsWith('\n') ? '' : '\n';
  return `${present}${end}${added.map(([name, value]) => `${name}=${value}\n`).join('')}`;
}
