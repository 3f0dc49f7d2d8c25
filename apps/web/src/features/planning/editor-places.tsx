'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Field, Select } from '../../components/field.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { isPublished, useEditor } from './editor-context.tsx';
import { TextField } from './editor-fields.tsx';
import { gradesToPrice, wholeSale } from './editor-grades.ts';
import { EditorPools } from './editor-pools.tsx';
import { EditorSection } from './editor-section.tsx';
import { KnownAddress } from './known-address.tsx';
import { withHall } from './event-form-steps.ts';

/** Where it is, which places are sold, and for how much. */
export function EditorPlaces(): ReactNode {
  const t = useTranslations('planning.editor');
  const { form } = useEditor();
  return (
    <EditorSection title={t('sections.places')}>
      <KindOfPlaces />
      {form.places === 'seats' && <HallChoice />}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TextField path="venue.name.ko" />
        <TextField path="venue.name.en" />
        <TextField path="venue.address.ko" />
        <TextField path="venue.address.en" />
      </div>
      {form.places === 'seats' && <KnownAddress />}
      {form.places === 'seats' ? <Prices /> : <EditorPools />}
      <WholeSale />
    </EditorSection>
  );
}

function KindOfPlaces(): ReactNode {
  const t = useTranslations('planning.editor');
  const { form, update, event } = useEditor();
  const isFixed = isPublished(event);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t('kind.label')}</legend>
      {isFixed && <p className="text-sm text-muted">{t('fixed.places')}</p>}
      <div className="grid gap-2 sm:grid-cols-2">
        {(['seats', 'standing'] as const).map((kind) => (
          <label
            key={kind}
            className={classNames(
              'grid min-h-11 grid-cols-[auto_1fr] gap-x-3 rounded-control border px-4 py-3',
              form.places === kind ? 'border-accent bg-accent-soft' : 'border-edge bg-surface',
              isFixed && form.places !== kind && 'opacity-55',
            )}
          >
            <input
              type="radio"
              name="places"
              checked={form.places === kind}
              disabled={isFixed}
              onChange={() => update({ ...form, places: kind }, 'prices', 'pools', 'venue.hall')}
              className="row-span-2 mt-1.5 self-start accent-accent"
            />
            <span className="font-semibold">{t(`kind.${kind}`)}</span>
            <span className="text-sm text-muted">{t(`kind.${kind}Hint`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function HallChoice(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, errors, halls, event, update } = useEditor();
  const chosen = form.texts['venue.hall'];
  const isFixed = isPublished(event);
  if (halls.length === 0 && chosen === '')
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-control bg-sunken px-4 py-3">
        <p className="me-auto">{t('hallNone')}</p>
        <LinkButton href="/organiser/halls/import" tone="secondary">
          {t('hallImport')}
        </LinkButton>
      </div>
    );
  const choose = (slug: string) =>
    update(
      withHall(
        form,
        halls.find((hall) => hall.slug === slug),
      ),
      'venue.hall',
      'venue.name.ko',
      'venue.name.en',
      'prices',
    );
  return (
    <Select
      name="venue.hall"
      label={t('field.venue.hall.label')}
      hint={isFixed ? t('fixed.hall') : undefined}
      error={errors['venue.hall']}
      disabled={isFixed}
      className={isFixed ? 'bg-sunken text-muted' : ''}
      value={chosen}
      onChange={(change) => choose(change.target.value)}
    >
      <option value="">{t('hallChoose')}</option>
      {chosen !== '' && !halls.some(({ slug }) => slug === chosen) && (
        <option value={chosen}>{t('hallUnknown', { hall: chosen })}</option>
      )}
      {halls.map((hall) => (
        <option key={hall.hallId} value={hall.slug}>
          {t('hallOption', { name: hall.name[locale], seats: formatCount(hall.seats, locale) })}
        </option>
      ))}
    </Select>
  );
}

function Prices(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, errors, halls, event, update } = useEditor();
  const grades = gradesToPrice(form, halls, event);
  if (grades === undefined) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t('prices')}</legend>
      <p className="text-sm text-muted">{t('pricesHint')}</p>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {grades.map(({ grade, sellable }) => (
          <Field
            key={grade}
            name={`prices.${grade}`}
            inputMode="numeric"
            autoComplete="off"
            label={t('price', { grade })}
            hint={
              sellable === undefined ? undefined : t('priceHint', { seats: formatCount(sellable, locale) })
            }
            error={errors[`prices.${grade}`]}
            value={form.prices[grade] ?? ''}
            onChange={(change) =>
              update({ ...form, prices: { ...form.prices, [grade]: change.target.value } }, `prices.${grade}`)
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

function WholeSale(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, halls, event } = useEditor();
  const sale = wholeSale(form, gradesToPrice(form, halls, event));
  if (sale?.revenue === undefined) return null;
  return (
    <p className="numeric rounded-control bg-sunken px-4 py-3 text-sm font-medium">
      {t('revenue', { amount: formatWon(sale.revenue, locale), places: formatCount(sale.places, locale) })}
    </p>
  );
}
