import { defineRouting } from 'next-intl/routing';

export const routing = defineRouting({
  locales: ['ko', 'en'],
  defaultLocale: 'ko',
  localeCookie: { maxAge: 60 * 60 * 24 * 365 },
});

/** Languages of the product. */
export type Locale = (typeof routing.locales)[number];

/** The address of a page in a language; `path` begins with a slash. */
export function localePath(locale: Locale, path: string): string {
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}
