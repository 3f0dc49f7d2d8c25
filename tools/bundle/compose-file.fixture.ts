import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

type Variables = Readonly<Record<string, string | number>>;

/** A service of `compose.yaml`, as far as tests look. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly args: { readonly SERVICE: string } };
  readonly deploy?: { readonly replicas: number };
  readonly environment?: Variables;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const text = readFileSync(path.join(import.meta.dirname, '../../compose.yaml'), 'utf8');

/** What `compose.yaml` starts, and which volumes it has. */
export const compose = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

/** The service of this name; throws when there is none. */
export function composeService(name: string): ComposeService {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`compose.yaml has no ${name}`);
  return service;
}

/** Names of the variables that a text takes from `.env`. */
export function takenFromEnv(value: string | number): string[] {
  return [...String(value).matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
}

/** A service's environment as its container gets it, where `.env` holds these secrets. */
export function environmentIn(
  name: string,
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = Object.entries(composeService(name).environment ?? {});
  const resolved = (value: string | number) =>
    String(value).replace(/\$\{(\w+)(:\?[^}]*)?\}/g, (_, variable: string) => {
      const secret = secrets[variable];
      if (secret === undefined) throw new Error(`${variable} is not in .env`);
      return secret;
    });
  return Object.fromEntries(given.map(([variable, value]) => [variable, resolved(value)]));
}
