import { defineRouting } from 'next-intl/routing';

export const routing = defineRouting({
  locales: ['ko', 'en'],
  defaultLocale: 'ko',
  localeCookie: { maxAge: 60 * 60 * 24 * 365 },
  // They would name the host that a reader claims; pages give their own (alternates.ts).
  alternateLinks: false,
});

/** Languages of the product. */
export type Locale = (typeof routing.locales)[number];

/** The address of a page in a language; `path` begins with a slash. */
export function localePath(locale: Locale, path: string): string {
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}

/** The line of a show, for somebody who wants in: joins by itself once it is opened. */
export function linePath(slug: string): `/${string}` {
  return `/events/${slug}/line?join=1`;
}

/** Whether a path leads out of the application to a document of its own: the line page is plain HTML. */
export function isOwnDocument(path: string): boolean {
  return /^\/events\/[^/]+\/line(\?|$)/.test(path);
}
