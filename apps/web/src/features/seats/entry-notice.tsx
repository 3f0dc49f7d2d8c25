'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatClock, formatShortMoment } from '../../design/format.ts';
import { useNow } from '../../design/use-now.ts';
import { linePath } from '../../i18n/routing.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { ShopEvent } from './shop-event.ts';
import { type Entry, pageClockOffset } from './use-entry.ts';

/** From then on the end of the slot is announced. Seconds. */
const soonSeconds = 60;

/** Whether the reader may reserve now, until when, and where to go if not. */
export function EntryNotice({
  event,
  entry,
}: {
  readonly event: ShopEvent;
  readonly entry: Entry;
}): ReactNode {
  const t = useTranslations('seats.entry');
  const locale = usePageLocale();
  const line = linePath(event.slug);
  if (event.state === 'ended' || event.state === 'cancelled')
    return <Notice tone="warn" title={t(event.state === 'ended' ? 'endedTitle' : 'cancelledTitle')} />;
  if (entry.state === 'inside' && entry.slotEndsAt !== undefined)
    return <SlotClock endsAt={entry.slotEndsAt} renderedAtMs={event.renderedAtMs} line={line} />;
  if (entry.state !== 'outside') return null;
  const isUpcoming = event.state === 'upcoming';
  return (
    <Notice
      title={
        isUpcoming
          ? t('upcomingTitle', { time: formatShortMoment(event.opensAt, locale) })
          : t('outsideTitle')
      }
      action={
        <LinkButton href={line} isWide>
          {t(isUpcoming ? 'toLobby' : 'book')}
        </LinkButton>
      }
    >
      {t(isUpcoming ? 'upcoming' : 'outside')} {isUpcoming && <KoreanTime text={t('koreanTime')} />}
    </Notice>
  );
}

function SlotClock({
  endsAt,
  renderedAtMs,
  line,
}: {
  readonly endsAt: string;
  readonly renderedAtMs: number;
  readonly line: `/${string}`;
}): ReactNode {
  const t = useTranslations('seats.entry');
  const [offsetMs] = useState(() => pageClockOffset(renderedAtMs));
  const seconds = Math.floor((Date.parse(endsAt) - useNow(offsetMs, 1000)) / 1000);
  if (seconds <= 0)
    return (
      <Notice
        tone="bad"
        title={t('slotOverTitle')}
        isUrgent
        action={<LinkButton href={line}>{t('book')}</LinkButton>}
      >
        {t('slotOver')}
      </Notice>
    );
  return (
    <div className="grid gap-2">
      <p className="flex items-baseline justify-between gap-2 text-sm">
        <span className="text-muted">{t('slot')}</span>
        <span role="timer" className="numeric text-lg font-bold">
          {formatClock(seconds)}
        </span>
      </p>
      {seconds <= soonSeconds && (
        <Notice tone="warn" title={t('slotSoonTitle')}>
          {t('slotSoon')}
        </Notice>
      )}
    </div>
  );
}
