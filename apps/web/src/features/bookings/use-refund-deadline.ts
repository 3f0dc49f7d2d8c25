'use client';

import { useTranslations } from 'next-intl';
import { formatShortMoment } from '../../design/format.ts';
import { isElsewhere } from '../../design/is-elsewhere.ts';
import { useNow } from '../../design/use-now.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { useServerClock } from './use-server-clock.ts';

/** Until when a refund may be asked for, and whether that has passed by the server's clock; undefined where no deadline applies. */
export function useRefundDeadline(
  refundableUntil: string | undefined,
): { readonly at: string; readonly isOver: boolean } | undefined {
  const t = useTranslations('common');
  const locale = usePageLocale();
  const now = useNow(useServerClock(), 30_000);
  if (refundableUntil === undefined) return undefined;
  const at = formatShortMoment(refundableUntil, locale);
  return {
    at: isElsewhere() ? `${at} (${t('koreanTime')})` : at,
    isOver: Date.parse(refundableUntil) <= now,
  };
}
