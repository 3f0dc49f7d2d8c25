import { hasLocale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { type Locale, routing } from './routing.ts';

/**
 * The language of a page's address. A page is rendered beside its layout, not after it: with `/favicon.ico` as an address
 * it would otherwise run with a language that does not exist.
 */
export function requireLocale(locale: string): Locale {
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return locale;
}
