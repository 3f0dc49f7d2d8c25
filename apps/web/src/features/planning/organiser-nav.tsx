'use client';

import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { classNames } from '../../design/class-names.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { localePath } from '../../i18n/routing.ts';
import { noteDesk } from '../frame/desk-cookie.ts';
import { useMe } from './use-me.ts';

const places = [
  { name: 'overview', href: '/organiser' },
  { name: 'events', href: '/organiser/events' },
  { name: 'halls', href: '/organiser/halls' },
  { name: 'people', href: '/organiser/people' },
] as const;

/** The way around the organisers' pages; admins also find the roles. */
export function OrganiserNav(): ReactNode {
  const t = useTranslations('planning.nav');
  const path = usePathname();
  const locale = usePageLocale();
  const role = useMe().data?.role;
  const isAdmin = role === 'admin';
  // Whoever signed in before the header asked for it finds the way here from now on.
  useEffect(() => {
    if (role !== undefined) noteDesk(role !== 'fan');
  }, [role]);
  return (
    <nav aria-label={t('label')} className="border-b border-rule bg-surface">
      <ul className="mx-auto flex max-w-6xl gap-1 overflow-x-auto px-1">
        {places
          .filter(({ name }) => name !== 'people' || isAdmin)
          .map(({ name, href }) => {
            const here = localePath(locale, href);
            const isHere = name === 'overview' ? path === here : path === here || path.startsWith(`${here}/`);
            return (
              <li key={name} className="shrink-0">
                <Link
                  href={href}
                  aria-current={isHere ? 'page' : undefined}
                  className={classNames(
                    'inline-flex min-h-11 items-center border-b-2 px-3 py-2 font-medium',
                    isHere ? 'border-accent text-accent' : 'border-transparent text-muted hover:text-ink',
                  )}
                >
                  {t(name)}
                </Link>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}
