import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Link } from '../../i18n/link.tsx';
import { DisplaySwitches } from './display-switches.tsx';

/** The foot of every page. */
export async function Footer(): Promise<ReactNode> {
  const t = await getTranslations('common');
  const link = 'inline-flex min-h-11 items-center underline-offset-4 hover:underline';
  return (
    <footer className="mt-12 border-t border-rule">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-sm text-muted">
        <p>{t('site.promise')}</p>
        <nav aria-label={t('footer.label')} className="flex flex-wrap gap-x-4">
          <Link href="/organiser" className={link}>
            {t('footer.organiser')}
          </Link>
          <a href="/docs" className={link}>
            {t('footer.api')}
          </a>
        </nav>
        <div className="-mx-2 flex basis-full items-center justify-between sm:hidden">
          <DisplaySwitches />
        </div>
      </div>
    </footer>
  );
}
