import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/** Folder of a bundle in which the files that are read by path lie as they do in the repository. */
export const filesFolder = 'files';

const place = /\bimport\.meta\.(\w+)/g;

/** Lets each module of the repository find the files beside it: `import.meta` keeps saying where the module was. */
export function keepPlaces(repository: string): Plugin {
  return {
    name: 'keep-places',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (file.includes('/node_modules/')) return undefined;
        const source = await readFile(file, 'utf8');
        const where = path.relative(repository, file).split(path.sep).join('/');
        return { contents: placed(source, where), loader: 'ts' };
      });
    },
  };
}

/** The text of a module with its place in the bundle for the one it has; throws where `import.meta` is used otherwise. */
export function placed(source: string, where: string): string {
  const quoted = (text: string) => JSON.stringify(text);
  return source.replace(place, (whole, property: string) => {
    switch (property) {
      case 'dirname':
        return `(${whole} + ${quoted(`/${filesFolder}/${path.posix.dirname(where)}`)})`;
      case 'filename':
        return `(import.meta.dirname + ${quoted(`/${filesFolder}/${where}`)})`;
      case 'url':
        return `new URL(${quoted(`./${filesFolder}/${where}`)}, ${whole}).href`;
      default:
        throw new Error(`${where} uses ${whole}, which means nothing in a bundle`);
    }
  });
}
