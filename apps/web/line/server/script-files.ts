import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { routing, type Locale } from '../../src/i18n/routing.ts';
import { messagesOf } from '../../src/messages/messages.ts';

/** A file a browser loads, ready to send. */
interface ScriptFile {
  readonly plain: Buffer;
  readonly compressed: Buffer;
}

/** The script of the line page. */
export interface LineScript {
  /** Address of the module that starts the page, by language. */
  entry(locale: Locale): string;
  /** Addresses of all modules it imports, so that a browser asks for them at once. */
  readonly modules: readonly string[];
  /** The file at an address; `isCurrent` says that the address names just this content. */
  find(url: string): { readonly file: ScriptFile; readonly isCurrent: boolean } | undefined;
}

const root = path.join(import.meta.dirname, '../..');
const first = 'line/browser/start.ts';
const prefix = '/line-assets/';

/**
 * Reads the script of the line page: each TypeScript file as the JavaScript that is left without its types. Nothing is
 * bundled; all addresses carry one hash over everything, so that each is true for ever.
 */
export function readLineScript(): LineScript {
  const sources = new Map<string, string>();
  collect(first, sources);
  for (const locale of routing.locales) sources.set(`${locale}.js`, entrySource(locale));
  const hash = createHash('sha256');
  for (const [name, text] of sources) hash.update(`${name}\n${text}\n`);
  const version = hash.digest('base64url').slice(0, 16);
  const files = new Map([...sources].map(([name, text]) => [name, fileOf(text)]));
  const address = (name: string) => `${prefix}${version}/${name}`;
  return {
    entry: (locale) => address(`${locale}.js`),
    modules: [...files.keys()].filter((name) => name.endsWith('.ts')).map(address),
    find: (url) => {
      const [asked = '', ...rest] = url.slice(prefix.length).split('/');
      const file = url.startsWith(prefix) ? files.get(rest.join('/')) : undefined;
      // During a roll-out a page may ask a server that is a version behind or ahead.
      return file && { file, isCurrent: asked === version };
    },
  };
}

function collect(name: string, sources: Map<string, string>): void {
  if (sources.has(name)) return;
  const text = stripTypeScriptTypes(readFileSync(path.join(root, name), 'utf8'));
  sources.set(name, text);
  for (const [, imported = ''] of text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'/gm)) {
    if (!imported.startsWith('.'))
      throw new Error(`${name} imports ${imported}, which a browser cannot find`);
    collect(path.posix.join(path.posix.dirname(name), imported), sources);
  }
}

function entrySource(locale: Locale): string {
  const texts = JSON.stringify(messagesOf(locale).line.page);
  return `import { startLinePage } from './${first}';\nstartLinePage(${texts}, '${locale}');\n`;
}

function fileOf(text: string): ScriptFile {
  const plain = Buffer.from(text);
  return { plain, compressed: gzipSync(plain, { level: 9 }) };
}
