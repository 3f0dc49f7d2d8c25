import { routing } from '../../i18n/routing.ts';

const somewhere = 'http://here.invalid';

/** The path of our own site that `wanted` names, with its query; `fallback` for everything that could lead elsewhere. */
export function safeNextPath(
  wanted: string | readonly string[] | null | undefined,
  fallback: `/${string}`,
): `/${string}` {
  // A browser reads a backslash as a slash and drops tabs and line ends: `/\t/evil` would be another site.
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return fallback;
  const url = URL.canParse(wanted, somewhere) ? new URL(wanted, somewhere) : undefined;
  if (url?.origin !== somewhere) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return isPagePath(path) ? path : fallback;
}

/** The same path in another language: a reader may change it on the way. */
export function pathInLocale(path: `/${string}`, locale: string): `/${string}` {
  const [, first = ''] = /^\/([^/?#]*)/.exec(path) ?? [];
  return routing.locales.some((known) => known === first)
    ? `/${locale}${path.slice(first.length + 1)}`
    : path;
}

/** The address of a page that comes back to `from` when it is done. */
export function pathWithNext(page: `/${string}`, from: string): `/${string}` {
  return `${page}?${new URLSearchParams({ next: from }).toString()}`;
}

// Dots are resolved by now: `/.//evil` has become `//evil`. What the API answers is no page.
function isPagePath(path: string): path is `/${string}` {
  return path.startsWith('/') && !path.startsWith('//') && !/^\/(api|docs)(?=[/?#]|$)/.test(path);
}
