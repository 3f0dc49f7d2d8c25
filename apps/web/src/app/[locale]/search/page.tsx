import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '../../../components/page.tsx';
import { type AddressQuery, isQueryCut, readEventSearch } from '../../../features/discovery/event-search.ts';
import { findCities } from '../../../features/discovery/find-events.ts';
import { SearchForm } from '../../../features/discovery/search-form.tsx';
import { SearchResults } from '../../../features/discovery/search-results.tsx';
import { alternatesOf } from '../../../i18n/alternates.ts';
import { requireLocale } from '../../../i18n/require-locale.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<AddressQuery>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = requireLocale((await params).locale);
  const t = await getTranslations('discovery.search');
  const { q } = readEventSearch(await searchParams);
  return {
    title: q === '' ? t('title') : t('titleFor', { query: q }),
    description: t('description'),
    alternates: alternatesOf(locale, '/search'),
    // Of all searches only the bare page is worth finding.
    ...(q !== '' && { robots: { index: false, follow: true } }),
  };
}

export default async function SearchPage({ params, searchParams }: Props): Promise<ReactNode> {
  const locale = requireLocale((await params).locale);
  const query = await searchParams;
  const search = readEventSearch(query);
  const [t, cities] = await Promise.all([getTranslations('discovery.search'), findCities(locale)]);
  return (
    <Page title={search.q === '' ? t('title') : t('titleFor', { query: search.q })}>
      {/* A new search is a new form: what it begins with comes from the address. */}
      <SearchForm
        key={JSON.stringify(search)}
        search={search}
        isCut={isQueryCut(query)}
        cities={cities}
        locale={locale}
      />
      <SearchResults search={search} locale={locale} />
    </Page>
  );
}
