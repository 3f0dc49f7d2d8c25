import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Link } from '../../i18n/link.tsx';

/** The foot of every page. */
export async function Footer(): Promise<ReactNode> {
  const t = await getTranslations('common');
  return (
    <footer className="mt-12 border-t border-rule">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-sm text-muted">
        <p>{t('site.promise')}</p>
        <nav aria-label={t('footer.label')} className="flex flex-wrap gap-x-4">
          <Link href="/organiser" className="inline-flex min-h-11 items-center underline-offset-4 hover:underline">
            {t('footer.organiser')}
          </Link>
          <a href="/docs" className="inline-flex min-h-11 items-center underline-offset-4 hover:underline">
            {t('footer.api')}
          </a>
        </nav>
      </div>
    </footer>
  );
}
