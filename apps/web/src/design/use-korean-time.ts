'use client';

import { useTranslations } from 'next-intl';
import { usePageLocale } from '../i18n/link.tsx';
import { formatMoment, formatShortMoment } from './format.ts';
import { useIsElsewhere } from './use-is-elsewhere.ts';

type Instant = Parameters<typeof formatMoment>[0];

/** Writes moments in Seoul's time, and says so to readers elsewhere. */
export function useKoreanTime(): {
  readonly moment: (instant: Instant) => string;
  readonly shortMoment: (instant: Instant) => string;
} {
  const t = useTranslations('common');
  const locale = usePageLocale();
  const note = useIsElsewhere() ? ` (${t('koreanTime')})` : '';
  return {
    moment: (instant) => formatMoment(instant, locale) + note,
    shortMoment: (instant) => formatShortMoment(instant, locale) + note,
  };
}
