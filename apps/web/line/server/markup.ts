/** A piece of HTML that is safe to send: made by `html` alone. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | false | null | undefined | Markup | readonly Markup[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes HTML. Every value is escaped, in texts and in quoted attributes; `false`, `null` and `undefined` write nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, index) => text + part + written(values[index]), '') };
}

/** A JSON text inside a script element that is not run: nothing in it can end the element. */
export function jsonMarkup(value: unknown): Markup {
  return { markup: JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, unicodeEscape) };
}

/** A style sheet of our own: without comments and indentation. */
export function styleMarkup(css: string): Markup {
  const small = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/;\}/g, '}')
    .replace(/: /g, ':');
  return { markup: small.trim() };
}

function written(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number')
    return String(value).replace(/[&<>"']/g, (character) => escapes[character] ?? '');
  return 'markup' in value ? value.markup : value.map((piece) => piece.markup).join('');
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
