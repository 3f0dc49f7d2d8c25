import { type Locale, localePath, routing } from './routing.ts';

/** The addresses of a page: its own, and itself in every language. `path` begins with a slash. */
export interface Alternates {
  readonly canonical: string;
  readonly languages: Record<string, string>;
}

/** Tells search engines which address of a page is the one to show, and to whom. */
export function alternatesOf(locale: Locale, path: string): Alternates {
  const languages = Object.fromEntries(routing.locales.map((known) => [known, localePath(known, path)]));
  return {
    canonical: localePath(locale, path),
    languages: { ...languages, 'x-default': localePath(routing.defaultLocale, path) },
  };
}
