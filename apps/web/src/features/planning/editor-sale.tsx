'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { useEditor } from './editor-context.tsx';
import { TextField } from './editor-fields.tsx';
import { gradesToPrice, wholeSale } from './editor-grades.ts';
import { EditorSection } from './editor-section.tsx';
import { wholeNumber } from './event-fields.ts';
import { estimateSale, fillSeconds } from './sale-estimate.ts';

/** How long seats are held; a shorter turn may end before them. Seconds. */
const holdSeconds = 420;

/** How many are let in, and what that means for this sale. */
export function EditorSale(): ReactNode {
  const t = useTranslations('planning.editor');
  return (
    <EditorSection title={t('sections.sale')} lead={t('saleLead')}>
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <TextField path="sale.capacity" />
        <TextField path="sale.ratePerSecond" />
        <TextField path="sale.threshold" />
        <TextField path="sale.limitPerAccount" />
        <TextField path="sale.slotSeconds" />
      </div>
      <Estimate />
    </EditorSection>
  );
}

function Estimate(): ReactNode {
  const t = useTranslations('planning.editor.estimate');
  const locale = usePageLocale();
  const { form, halls, event } = useEditor();
  const places = wholeSale(form, gradesToPrice(form, halls, event))?.places ?? 0;
  const ratePerSecond = wholeNumber(form.texts['sale.ratePerSecond']) ?? 0;
  const capacity = wholeNumber(form.texts['sale.capacity']) ?? 0;
  const slot = wholeNumber(form.texts['sale.slotSeconds']);
  const estimate = estimateSale({ places, ratePerSecond, capacity });
  return (
    <div aria-live="polite" className="numeric grid gap-1 rounded-control bg-accent-soft px-4 py-3 text-sm">
      <p className="font-semibold">{t('title')}</p>
      {estimate === undefined ? (
        <p>{t('unknown')}</p>
      ) : (
        <>
          <p className="text-base">
            {t('minutes', {
              rate: formatCount(ratePerSecond, locale),
              capacity: formatCount(capacity, locale),
              places: formatCount(places, locale),
              minutes: Math.max(1, Math.round(estimate.seconds / 60)),
            })}
          </p>
          <p>{estimate.bound === 'rate' ? t('byRate') : t('byCapacity')}</p>
          {estimate.bound === 'capacity' && (
            <p>{t('fill', { seconds: fillSeconds({ ratePerSecond, capacity }) })}</p>
          )}
          <p className="text-muted">{t('assumed')}</p>
        </>
      )}
      {slot !== undefined && slot < holdSeconds && (
        <p className="font-semibold text-warn">{t('shortSlot')}</p>
      )}
    </div>
  );
}
