import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { messagesOf } from './messages.ts';

type Tree = { readonly [key: string]: string | Tree };

const source = path.join(import.meta.dirname, '..');

function keysOf(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...keysOf(value, `${prefix}${key}.`)],
    ),
  );
}

const ko = keysOf(messagesOf('ko'));
const en = keysOf(messagesOf('en'));

/** Names of the values a text takes, those in the branches of a plural or a choice included, and of its tags. */
function holesOf(text: string): string[] {
  const holes = new Set<string>();
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, tag = '']) => tag);
  let at = 0;
  const readText = () => {
    for (; at < text.length && text[at] !== '}'; at += 1) if (text[at] === '{') readHole();
  };
  const readHole = () => {
    const [opening, name = '', kind] = /^\{\s*(\w+)\s*(?:,\s*(\w+))?/.exec(text.slice(at)) ?? [''];
    holes.add(name);
    at += opening.length;
    const hasBranches = kind === 'plural' || kind === 'select' || kind === 'selectordinal';
    for (; at < text.length && text[at] !== '}'; at += 1) {
      if (!hasBranches || text[at] !== '{') continue;
      at += 1;
      readText();
    }
  };
  readText();
  return [...holes, ...tags].sort();
}

/** Texts that a file asks for by a literal key: `const t = useTranslations('ns')` … `t('key')`, up to the next `t`. */
function askedIn(code: string): string[] {
  const scopes = [
    ...code.matchAll(/const (\w+) = (?:await )?(?:useTranslations|getTranslations)\('([\w.]+)'\)/g),
  ];
  return scopes.flatMap((scope, index) => {
    const [, name = '', namespace = ''] = scope;
    const next = scopes.slice(index + 1).find((other) => other[1] === name);
    const within = code.slice(scope.index, next?.index);
    const calls = within.matchAll(new RegExp(`\\b${name}(?:\\.rich|\\.raw|\\.markup)?\\('([\\w.-]+)'`, 'g'));
    return [...calls].map(([, key = '']) => `${namespace}.${key}`);
  });
}

test('values are found in the branches of a plural, and its words are none', () => {
  assert.deepEqual(holesOf('{count, plural, =0 {nobody} other {# of {total} <b>left</b>}} by {name}'), [
    'b',
    'count',
    'name',
    'total',
  ]);
});

test('both languages have the same texts, and each text the same values', () => {
  assert.deepEqual([...ko.keys()].sort(), [...en.keys()].sort());
  for (const [key, text] of ko)
    assert.deepEqual([...new Set(holesOf(text))], [...new Set(holesOf(en.get(key) ?? ''))], key);
});

test('no text is empty', () => {
  for (const [key, text] of [...ko, ...en]) assert.notEqual(text.trim(), '', key);
});

test('every text that is asked for by name is there', () => {
  const files = globSync('**/*.tsx', { cwd: source });
  const asked = files.flatMap((file) =>
    askedIn(readFileSync(path.join(source, file), 'utf8')).map((key) => ({ file, key })),
  );
  assert.ok(asked.length > 10, 'the search finds the texts there are');
  const prefixes = new Set(
    [...ko.keys()].flatMap((key) => key.split('.').map((_, at, all) => all.slice(0, at).join('.'))),
  );
  for (const { file, key } of asked) assert.ok(ko.has(key) || prefixes.has(key), `${file}: ${key}`);
});

test('a text that is not there would be found', () => {
  assert.deepEqual(askedIn("const t = await getTranslations('common');\nt('nope')"), ['common.nope']);
  assert.ok(!ko.has('common.nope'));
});
