import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { Link } from '../../i18n/link.tsx';
import { deskCookie } from './desk-cookie.ts';
import { DisplaySwitches } from './display-switches.tsx';

/** The bar at the top of every page. On a phone language and theme stand at its foot. */
export async function Header({ isSignedIn }: { readonly isSignedIn: boolean }): Promise<ReactNode> {
  const [t, jar] = await Promise.all([getTranslations('common'), cookies()]);
  const hasDesk = isSignedIn && jar.has(deskCookie);
  const link =
    'inline-flex min-h-11 min-w-11 items-center justify-center rounded-control px-2 sm:px-3 font-medium hover:bg-sunken';
  return (
    <header className="border-b border-rule bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-1 gap-y-0 px-2 py-1.5 sm:px-4">
        <Link
          href="/"
          className="me-auto inline-flex min-h-11 items-center rounded-control px-2 text-xl font-black tracking-tight sm:-ms-2"
        >
          URR
        </Link>
        <nav
          aria-label={t('nav.label')}
          className={classNames('flex items-center', hasDesk ? 'max-sm:text-sm' : 'max-[22rem]:text-sm')}
        >
          <Link href="/search" className={link}>
            {t('nav.search')}
          </Link>
          {isSignedIn ? (
            <>
              <Link href="/tickets" className={link}>
                {t('nav.tickets')}
              </Link>
              <Link href="/account" className={link}>
                {t('nav.account')}
              </Link>
              {hasDesk && (
                <Link href="/organiser" className={link}>
                  {t('nav.desk')}
                </Link>
              )}
            </>
          ) : (
            <Link href="/login" className={link}>
              {t('nav.logIn')}
            </Link>
          )}
        </nav>
        <div className="hidden items-center sm:flex">
          <DisplaySwitches />
        </div>
      </div>
    </header>
  );
}
