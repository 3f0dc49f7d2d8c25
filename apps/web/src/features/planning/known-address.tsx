'use client';

import { listEvents } from '@urr/contracts/catalog.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { useEditor } from './editor-context.tsx';
import { withAddress } from './event-form-steps.ts';

/** Offers the address the organiser's last event in the chosen hall had, while one is missing. */
export function KnownAddress(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, halls, update } = useEditor();
  const { 'venue.hall': slug, 'venue.address.ko': ko, 'venue.address.en': en } = form.texts;
  const hallId = halls.find((hall) => hall.slug === slug)?.hallId;
  const isMissing = hallId !== undefined && (ko.trim() === '' || en.trim() === '');
  const query = { mine: true, limit: 100, sort: 'newest' } as const;
  const own = useRoute(listEvents, { query }, { isEnabled: isMissing });
  const last = own.data?.events.find(({ venue }) => venue.hallId === hallId)?.venue.address;
  if (!isMissing || last === undefined) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-control bg-sunken px-4 py-3">
      <p className="text-sm">{t('addressKnown', { address: last[locale] })}</p>
      <Button
        tone="secondary"
        onClick={() => update(withAddress(form, last), 'venue.address.ko', 'venue.address.en')}
      >
        {t('addressUse')}
      </Button>
    </div>
  );
}
