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

/** Files of pure rules: the same answer for the same values, wherever and whenever they are asked. */
export const pureRules: readonly string[] = [
  'auth/src/accounts/account.ts',
  'catalog/src/events/{check-event,event-facts,event-faults,event-state,event-time,published-rules}.ts',
  'catalog/src/halls/{count-grades,hall-faults,seat-line,seat-spacing}.ts',
  'gateway/src/limits/sliding-window.ts',
  'gateway/src/paths/canonical-path.ts',
  'payment/src/lifecycle/*.ts',
  'payment/src/{payments,refunds}/judge.ts',
  'payment/src/toss/*-codes.ts',
  'queue/src/draw/{merkle,permutation}.ts',
  'queue/src/line/{bearable-rate,describe-place,place}.ts',
  'queue/src/state/state-document.ts',
  'ticket/src/best-seats/*.ts',
  'ticket/src/reservations/{equal-seats,reservation}.ts',
  'ticket/src/returns/ticket-return.ts',
];
const effects = /^(?:kysely|pg|fastify|undici|node:(?:fs|http|https|net|dns|child_process|timers)\b.*)$/;
const effectsOfOurs = /^@urr\/platform\/(?!problem|ownership|identity|language|uuidv7)/;

const testing = /\.(test|fixture)\.ts$|\/(guarantees|testing)\//;

interface SourceFile {
  /** From the repository's root, as are the paths it imports. */
  readonly file: string;
  readonly service: string;
  /** Folder right below the service's `src`; undefined for a file there. */
  readonly feature: string | undefined;
  readonly imports: readonly string[];
}

/** Names every import that ties together what must stay apart. Tests of a service may cross its features. */
export function findCrossings(repository: string): string[] {
  const sources = globSync('services/*/src/**/*.ts', {
    cwd: repository,
    exclude: (name) => name.includes('node_modules'),
  })
    .toSorted()
    .map((file) => readSource(repository, file));
  const ruleFiles = new Set(
    globSync(
      pureRules.map((rule) => `services/${rule}`),
      { cwd: repository },
    ),
  );
  return sources.flatMap((source) => {
    if (testing.test(source.file)) return foreignServices(source);
    const inRules = ruleFiles.has(source.file) ? effectsIn(source) : [];
    return [...foreignServices(source), ...foreignFeatures(source), ...inRules];
  });
}

// Types alone tie no behaviour together.
const importing = /^(?:import|export) (?!type )[^;]*? from '([^']+)'|^import '([^']+)'/gm;

function readSource(repository: string, file: string): SourceFile {
  const [, service = '', , ...rest] = file.split(path.sep);
  const text = readFileSync(path.join(repository, file), 'utf8');
  const named = [...text.matchAll(importing)].map(([, from, alone]) => from ?? alone ?? '');
  const imports = named.map((name) => (name.startsWith('.') ? path.join(path.dirname(file), name) : name));
  return { file, service, feature: rest.length > 1 ? rest[0] : undefined, imports: [...new Set(imports)] };
}

function foreignServices({ file, service, imports }: SourceFile): string[] {
  return imports.flatMap((name) => {
    const other = /^@urr\/(\w+)-service\//.exec(name)?.[1] ?? /^services\/(\w+)\//.exec(name)?.[1];
    return other === undefined || other === service
      ? []
      : [`${file}: the service ${service} imports the service ${other}; they meet over HTTP or by event`];
  });
}

function foreignFeatures({ file, service, feature, imports }: SourceFile): string[] {
  if (feature === undefined) return [];
  const inside = `services/${service}/src/`;
  const folders = imports
    .filter((name) => name.startsWith(inside))
    .map((name) => name.slice(inside.length).split(path.sep))
    .flatMap(([folder, ...rest]) => (folder === undefined || rest.length === 0 ? [] : [folder]));
  const foreign = folders.filter((folder) => folder !== feature && !domains[service]?.includes(folder));
  return [...new Set(foreign)].map(
    (folder) => `${file}: the feature ${feature} imports the feature ${folder}`,
  );
}

function effectsIn({ file, imports }: SourceFile): string[] {
  return imports
    .filter((name) => effects.test(name) || effectsOfOurs.test(name))
    .map((name) => `${file}: a pure rule imports ${name}`);
}
