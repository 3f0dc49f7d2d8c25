import type { Locale } from '../../../apps/web/src/i18n/routing.ts';
import { type Messages, messagesOf } from '../../../apps/web/src/messages/messages.ts';

type Leaves<Texts> = {
  [Name in keyof Texts & string]: Texts[Name] extends string ? Name : `${Name}.${Leaves<Texts[Name]>}`;
}[keyof Texts & string];

/** A text of the pages: its namespace and its key, joined by dots. */
export type TextKey = Leaves<Messages>;

/** Matches a text of the pages as a reader sees it; what varies in it matches anything that is not given here. */
export function textPattern(
  locale: Locale,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): RegExp {
  return patternOf(messageOf(locale, key), values);
}

/** Matches what begins with a text of the pages. */
export function textBeginning(...text: Parameters<typeof textPattern>): RegExp {
  return new RegExp(textPattern(...text).source.replace(/\\s\*\$$/, ''));
}

function messageOf(locale: Locale, key: TextKey): string {
  let found: unknown = messagesOf(locale);
  for (const name of key.split('.')) found = Reflect.get(Object(found), name);
  if (typeof found !== 'string') throw new Error(`There is no text ${key} in ${locale}`);
  return found;
}

/** The pattern of one ICU message: arguments are anything unless given, of choices any may be said, tags are of no account. */
export function patternOf(message: string, values: Readonly<Record<string, string | number>> = {}): RegExp {
  return new RegExp(String.raw`^\s*${sourceOf(message.replace(/<\/?\w+>/g, ''), values)}\s*$`);
}

const anything = String.raw`[\s\S]*?`;

function sourceOf(message: string, values: Readonly<Record<string, string | number>>): string {
  let source = '';
  let rest = message;
  for (;;) {
    const opening = rest.indexOf('{');
    source += literal(opening < 0 ? rest : rest.slice(0, opening));
    if (opening < 0) return source;
    const end = opening + argumentLength(rest.slice(opening));
    source += argumentSource(rest.slice(opening + 1, end - 1), values);
    rest = rest.slice(end);
  }
}

function literal(text: string): string {
  return RegExp.escape(text).replace(/(?:\\x20|\\n|\\u00a0)+/g, String.raw`\s+`);
}

function argumentSource(argument: string, values: Readonly<Record<string, string | number>>): string {
  const [name = '', kind = ''] = argument.split(',').map((part) => part.trim());
  const value = values[name];
  if (kind !== 'plural' && kind !== 'select' && kind !== 'selectordinal')
    return value === undefined ? anything : literal(String(value));
  const choices = choicesOf(argument).map((choice) =>
    choice
      .split('#')
      .map((part) => sourceOf(part, values))
      .join(value === undefined ? anything : literal(String(value))),
  );
  return `(?:${choices.join('|')})`;
}

/** What stands in the braces of `count, plural, one {…} other {…}`. */
function choicesOf(argument: string): string[] {
  const choices: string[] = [];
  let rest = argument;
  for (let opening = rest.indexOf('{'); opening >= 0; opening = rest.indexOf('{')) {
    const end = opening + argumentLength(rest.slice(opening));
    choices.push(rest.slice(opening + 1, end - 1));
    rest = rest.slice(end);
  }
  return choices;
}

function argumentLength(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}
