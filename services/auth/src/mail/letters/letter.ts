import type { Language } from '@urr/platform/language.ts';

/** A text in both. */
export type Bilingual = Readonly<Record<Language, string>>;

/** One part of a letter. Values need no escaping: `renderLetter` does it. */
export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

/** What a mail says in one language. */
export interface Letter {
  readonly subject: string;
  readonly parts: readonly LetterPart[];
}

/** Where links of a letter lead; `path` begins with a slash and is a page of that language. */
export type PageUrl = (path: string) => string;

export function text(content: string): LetterPart {
  return { kind: 'text', text: content };
}

export function link(label: string, url: string): LetterPart {
  return { kind: 'link', label, url };
}
