'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { usePageLocale } from '../../i18n/link.tsx';
import { localePath, routing } from '../../i18n/routing.ts';

const names = { ko: '한국어', en: 'English' } as const;

/** Links the same page in the other language. */
export function LanguageSwitch({ label }: { readonly label: string }): ReactNode {
  const locale = usePageLocale();
  const path = usePathname().slice(locale.length + 1) || '/';
  const other = routing.locales.find((candidate) => candidate !== locale) ?? routing.defaultLocale;
  // A whole navigation: the document's language changes with it, and what stands behind the ? stays.
  const keepQuery = (event: { currentTarget: HTMLAnchorElement }) => {
    event.currentTarget.search = window.location.search;
  };
  return (
    <a
      href={localePath(other, path)}
      onClick={keepQuery}
      hrefLang={other}
      lang={other}
      aria-label={`${label}: ${names[other]}`}
      className="inline-flex min-h-11 items-center rounded-control px-2 text-sm hover:bg-sunken"
    >
      {names[other]}
    </a>
  );
}
