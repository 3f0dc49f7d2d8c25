import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { Field, Select } from '../../components/field.tsx';
import { type Locale, localePath } from '../../i18n/routing.ts';
import {
  areDatesCrossed,
  countFilters,
  type EventSearch,
  mostCharacters,
  sortChoices,
  stateChoices,
} from './event-search.ts';

/** The conditions of a search: a form as browsers know it, so that every search is an address and no script is needed. */
export async function SearchForm({
  search,
  isCut,
  cities,
  locale,
}: {
  readonly search: EventSearch;
  /** More words were given than are searched for. */
  readonly isCut: boolean;
  readonly cities: readonly string[];
  readonly locale: Locale;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.search');
  const filters = countFilters(search);
  return (
    <search aria-label={t('label')}>
      <form action={localePath(locale, '/search')} className="grid gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 grow basis-44">
            <Field
              label={t('query')}
              type="search"
              name="q"
              defaultValue={search.q}
              placeholder={t('placeholder')}
              maxLength={mostCharacters}
              hint={isCut ? t('cut', { most: mostCharacters }) : undefined}
              className="min-h-12"
            />
          </div>
          <Button type="submit" className="min-h-12 px-6">
            {t('submit')}
          </Button>
        </div>
        <details open={filters > 0} className="rounded-card border border-rule bg-surface">
          <summary className="flex min-h-12 cursor-pointer items-center gap-2 px-4 font-semibold">
            <span aria-hidden className="text-muted">
              ▾
            </span>
            {t('filters')}
            {filters > 0 && <Badge tone="accent">{filters}</Badge>}
          </summary>
          <Filters search={search} cities={cities} />
        </details>
      </form>
    </search>
  );
}

async function Filters({
  search,
  cities,
}: {
  readonly search: EventSearch;
  readonly cities: readonly string[];
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.search');
  const known = search.city === '' || cities.includes(search.city) ? cities : [search.city, ...cities];
  return (
    <div className="grid gap-4 border-t border-rule p-4 sm:grid-cols-2 lg:grid-cols-5">
      <Select label={t('state')} name="state" defaultValue={search.state}>
        {Object.keys(stateChoices).map((choice) => (
          <option key={choice} value={choice}>
            {t(`states.${choice as keyof typeof stateChoices}`)}
          </option>
        ))}
      </Select>
      <Select label={t('city')} name="city" defaultValue={search.city}>
        <option value="">{t('anyCity')}</option>
        {known.map((city) => (
          <option key={city} value={city}>
            {city}
          </option>
        ))}
      </Select>
      <Field label={t('from')} type="date" name="from" defaultValue={search.from} />
      <Field
        label={t('to')}
        type="date"
        name="to"
        defaultValue={search.to}
        error={areDatesCrossed(search) ? t('datesCrossed') : undefined}
      />
      <Select label={t('sort')} name="sort" defaultValue={search.sort}>
        {sortChoices.map((choice) => (
          <option key={choice} value={choice}>
            {t(`sorts.${choice}`)}
          </option>
        ))}
      </Select>
      <div className="flex flex-wrap gap-2 sm:col-span-2 lg:col-span-5">
        <Button type="submit">{t('apply')}</Button>
        <LinkButton href="/search" tone="quiet">
          {t('reset')}
        </LinkButton>
      </div>
    </div>
  );
}
