import { globSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildWeb } from '../web/build-web.ts';
import { keepPackages } from './keep-packages.ts';
import { filesFolder, keepPlaces } from './keep-places.ts';
import { type Target, type TargetName, targets } from './targets.ts';

const repository = path.join(import.meta.dirname, '../..');

// Packages in CommonJS call `require` and know their folder; modules have neither.
const banner = [
  "import { createRequire as bundleRequire } from 'node:module';",
  'const require = bundleRequire(import.meta.url);',
  'const bundleFilename = import.meta.filename, bundleDirname = import.meta.dirname;',
].join('\n');

/** Never installed: PostgreSQL's client asks for it where somebody prefers C. */
const absent = ['pg-native'];

/** What a folder must hold to run one image's programs, with nothing else of the repository around. */
export async function bundle(
  name: TargetName,
  folder: string,
  progress: (step: string) => void = () => undefined,
): Promise<void> {
  const target = targets[name];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sources = await bundlePrograms(target, folder);
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  // The image's health check reads it.
  if (target.port !== undefined) await writeFile(path.join(folder, 'port'), String(target.port));
  await copyFiles([...filesBeside(sources), ...target.files], folder);
  await copyLicences(sources, folder);
  await keepPackages(target.kept, repository, folder);
  if (name === 'frontend') await copyPages(folder, progress);
}

/** Bundles the programs and answers the sources they came from, by their paths in the repository. */
async function bundlePrograms(target: Target, folder: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: { ...target.programs },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // What is imported on demand stays a file of its own, loaded on demand. All in one folder, as places are told from it.
    splitting: true,
    chunkNames: '[name]-[hash]',
    external: [...target.kept, ...absent],
    banner: { js: banner },
    define: { __filename: 'bundleFilename', __dirname: 'bundleDirname' },
    plugins: [keepPlaces(repository)],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** SQL and Lua of the packages and services that sources are of. */
function filesBeside(sources: readonly string[]): string[] {
  const workspaces = sources.flatMap((source) => /^(?:packages|services)\/[^/]+/.exec(source) ?? []);
  return [...new Set(workspaces)].map((workspace) => `${workspace}/**/*.{sql,lua}`);
}

async function copyFiles(patterns: readonly string[], folder: string): Promise<void> {
  const exclude = ['**/node_modules/**', '**/*.fixture.*', '**/*.test.ts'];
  for (const file of globSync([...patterns], { cwd: repository, exclude, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const source = path.join(file.parentPath, file.name);
    await cp(source, path.join(folder, filesFolder, path.relative(repository, source)));
  }
}

/** Licences of the packages that were bundled: they ask to go along. */
async function copyLicences(sources: readonly string[], folder: string): Promise<void> {
  const packages = sources.flatMap(
    (source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source) ?? [],
  );
  for (const found of new Set(packages)) {
    const names = await readdir(path.join(repository, found)).catch(() => []);
    for (const name of names.filter((file) => /^(licen[cs]e|notice)(\.|$)/i.test(file))) {
      const as = found.replaceAll(/^.*?node_modules\//g, '').replaceAll(/\/(node_modules\/)?/g, '+');
      await cp(path.join(repository, found, name), path.join(folder, 'licences', `${as}.txt`));
    }
  }
}

/** Next.js reads its own build at run time, from where the web application is. */
async function copyPages(folder: string, progress: (step: string) => void): Promise<void> {
  const built = path.join(repository, 'apps/web', await buildWeb(progress));
  const unread = new Set(['cache', 'trace', 'trace-build', 'diagnostics', 'types', 'complete']);
  const isRead = (file: string) => !unread.has(path.relative(built, file)) && !file.endsWith('.map');
  const target = path.join(folder, filesFolder, 'apps/web/.next');
  await cp(built, target, { recursive: true, filter: isRead });
}
