import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { type Locale, localePath } from '../../i18n/routing.ts';

/** One field that leads to the search page; a form as browsers know it, without any script. */
export async function SearchBox({ locale }: { readonly locale: Locale }): Promise<ReactNode> {
  const t = await getTranslations('discovery.search');
  return (
    <search aria-label={t('label')}>
      <form action={localePath(locale, '/search')} className="flex max-w-2xl gap-2">
        <input
          type="search"
          name="q"
          maxLength={100}
          aria-label={t('query')}
          placeholder={t('placeholder')}
          className="min-h-12 w-full min-w-0 rounded-control border border-edge bg-surface px-4 py-2 text-base text-ink placeholder:text-muted"
        />
        <Button type="submit" className="min-h-12 shrink-0 px-6">
          {t('submit')}
        </Button>
      </form>
    </search>
  );
}
