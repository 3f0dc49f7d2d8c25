import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Folders of a service that hold its domain instead of a feature: what is true of seats, lines, payments, accounts and mails whoever asks.
 * Features import these, never each other; features meet in `app.ts` or by event.
 */
const domains: Readonly<Record<string, readonly string[]>> = {
  auth: ['accounts', 'mail', 'passwords', 'sessions'],
  catalog: [],
  gateway: ['callers'],
  payment: ['lifecycle', 'toss'],
  queue: ['draw', 'line'],
  ticket: ['best-seats', 'entry', 'live', 'reservations'],
};

// Types alone tie no behaviour together.
const crossing = /^import (?!type )[^;]*? from '\.\.\/([a-z-]+)\/[^']*'/gm;

/** Names every import by which a feature of a service reaches into another feature. Tests may. */
export function findCrossings(repository: string): string[] {
  const files = globSync('services/*/src/*/**/*.ts', {
    cwd: repository,
    exclude: (name) => name.includes('node_modules'),
  });
  const ours = files.filter((file) => !/\.(test|fixture)\.ts$|\/guarantees\//.test(file));
  return ours.flatMap((file) => {
    const [, service = '', , feature = ''] = file.split(path.sep);
    // A file deeper than its feature's folder names the feature itself by '../'.
    if (file.split(path.sep).length !== 5) return [];
    const imported = [...readFileSync(path.join(repository, file), 'utf8').matchAll(crossing)].map(
      ([, folder = '']) => folder,
    );
    const foreign = imported.filter((folder) => folder !== feature && !domains[service]?.includes(folder));
    return [...new Set(foreign)].map(
      (folder) => `${file}: the feature ${feature} imports the feature ${folder}`,
    );
  });
}
