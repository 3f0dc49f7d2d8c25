'use client';

import NextLink from 'next/link';
import { useParams } from 'next/navigation';
import type { ComponentProps, ReactNode } from 'react';
import { isOwnDocument, type Locale, localePath, routing } from './routing.ts';

/** The language of the page, in client components. */
export function usePageLocale(): Locale {
  const { locale } = useParams();
  return routing.locales.find((known) => known === locale) ?? routing.defaultLocale;
}

/** A link to another page that keeps the language. Nothing is fetched before it is pressed: readers are many. */
export function Link({
  href,
  ...rest
}: Omit<ComponentProps<typeof NextLink>, 'href'> & { readonly href: `/${string}` }): ReactNode {
  const address = localePath(usePageLocale(), href);
  if (!isOwnDocument(href)) return <NextLink prefetch={false} {...rest} href={address} />;
  const { children, className } = rest;
  return (
    <a href={address} className={className}>
      {children}
    </a>
  );
}
