import type { Language } from '@urr/platform/language.ts';
import type { Letter, LetterPart } from './letter.ts';

/** What a mail carries. */
export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One letter in the languages its reader gets, the first one first. */
export type Translations = readonly { readonly language: Language; readonly letter: Letter }[];

const longestSubject = 180;

/** Writes a letter as plain text and as HTML; every value is escaped, and none can begin a line of its own. */
export function renderLetter(translations: Translations): RenderedLetter {
  const subjects = translations.map(({ letter }) => oneLine(letter.subject));
  const subject = subjects.join(' / ').slice(0, longestSubject).toWellFormed();
  const texts = translations.map(({ letter }) => letter.parts.map((part) => textOf(part)).join('\n\n'));
  const sections = translations.map(
    ({ language, letter }) =>
      `<div lang="${language}">${letter.parts.map((part) => htmlOf(part)).join('')}</div>`,
  );
  return {
    subject,
    text: `${texts.join('\n\n――――――――\n\n')}\n`,
    html: documentOf(translations[0]?.language ?? 'ko', subject, sections.join('<hr>')),
  };
}

// Colours are the reader's own, so that dark stays dark.
function documentOf(language: Language, title: string, content: string): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${escaped(title)}</title></head>`,
    '<body style="margin:0 auto;padding:1rem;max-width:36rem;font-family:sans-serif;line-height:1.6">',
    `${content}</body></html>`,
  ].join('');
}

function textOf(part: LetterPart): string {
  switch (part.kind) {
    case 'text':
      return oneLine(part.text);
    case 'facts':
      return part.rows.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`).join('\n');
    case 'link':
      return `${oneLine(part.label)}\n${oneLine(part.url)}`;
  }
}

function htmlOf(part: LetterPart): string {
  switch (part.kind) {
    case 'text':
      return `<p>${escaped(part.text)}</p>`;
    case 'facts':
      return `<table style="border-spacing:0">${part.rows.map((row) => rowOf(row)).join('')}</table>`;
    case 'link':
      return `<p><a href="${escaped(part.url)}">${escaped(part.label)}</a></p>`;
  }
}

function rowOf([name, value]: readonly [name: string, value: string]): string {
  const style = 'text-align:left;vertical-align:top;padding:0 1rem .25rem 0;font-weight:normal';
  return `<tr><th scope="row" style="${style}">${escaped(name)}</th><td>${escaped(value)}</td></tr>`;
}

// Control characters end lines and headers; invisible ones turn or hide what follows.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;

function oneLine(value: string): string {
  return value.toWellFormed().replaceAll(unseen, ' ').trim();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string): string {
  return oneLine(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
