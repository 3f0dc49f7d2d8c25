import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type KeptName, type KeptPackage, keptPackages } from './targets.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What a program never reads. */
const neverRead = /\.(map|d\.[mc]?ts|md|markdown|flow|tsbuildinfo)$/;

/** Copies packages with all they depend on into `node_modules` of a folder, each at the depth it is installed at. */
export async function keepPackages(
  names: readonly KeptName[],
  repository: string,
  folder: string,
): Promise<void> {
  const kept = new Set<string>();
  for (const name of names) await keep(name, repository, keptPackages[name]);

  async function keep(name: string, from: string, options: KeptPackage): Promise<void> {
    const source = findPackage(name, from, repository);
    // An optional one of another system.
    if (source === undefined || kept.has(source)) return;
    kept.add(source);
    const target = path.join(folder, path.relative(repository, source));
    const isNeeded = (file: string) => takes(path.relative(source, file), options.skipped);
    await cp(source, target, { recursive: true, filter: isNeeded });
    const { dependencies, optionalDependencies } = await readManifest(source);
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies }).filter(
      (dependency) => !options.without?.some((pattern) => path.matchesGlob(dependency, pattern)),
    );
    for (const dependency of wanted) await keep(dependency, source, { because: `${name} needs it` });
  }
}

function takes(file: string, skipped: RegExp | undefined): boolean {
  const name = file.split(path.sep).join('/');
  // Packages inside a package come by their own name.
  return name !== 'node_modules' && !neverRead.test(name) && skipped?.test(`${name}`) !== true;
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

function findPackage(name: string, from: string, repository: string): string | undefined {
  for (let folder = from; folder.startsWith(repository); folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) return found;
  }
  return undefined;
}
