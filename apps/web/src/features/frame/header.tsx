import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Link } from '../../i18n/link.tsx';
import type { Theme } from '../../design/theme.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** The bar at the top of every page. */
export async function Header({
  isSignedIn,
  theme,
}: {
  readonly isSignedIn: boolean;
  readonly theme: Theme | 'system';
}): Promise<ReactNode> {
  const t = await getTranslations('common');
  const link =
    'inline-flex min-h-11 items-center rounded-control px-2 sm:px-3 font-medium hover:bg-sunken';
  return (
    <header className="border-b border-rule bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-1 gap-y-0 px-2 py-1.5 sm:px-4">
        <Link href="/" className="me-auto inline-flex min-h-11 items-center rounded-control px-2 text-xl font-black tracking-tight">
          URR
        </Link>
        <nav aria-label={t('nav.label')} className="flex items-center">
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
            </>
          ) : (
            <Link href="/login" className={link}>
              {t('nav.logIn')}
            </Link>
          )}
        </nav>
        <div className="flex items-center">
          <LanguageSwitch label={t('language')} />
          <ThemeSwitch
            theme={theme}
            label={t('theme.label')}
            names={{ system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') }}
          />
        </div>
      </div>
    </header>
  );
}
