'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { AttemptNotice } from './attempt-notice.tsx';
import { BestAvailable } from './best-available.tsx';
import { ChosenSeats } from './chosen-seats.tsx';
import { EntryNotice } from './entry-notice.tsx';
import { OwnHoldNotice } from './own-hold-notice.tsx';
import { LostSeats } from './lost-seats.tsx';
import type { SeatSale } from './seat-sale.ts';
import type { ShopEvent } from './shop-event.ts';
import type { Entry } from './use-entry.ts';
import { useSeatReservation } from './use-seat-reservation.ts';
import { useChoice } from './use-seat-sale.ts';

/** What is chosen, what it costs, and the way to payment: a sheet below the map on phones, a column beside it elsewhere. */
export function ChoicePanel({
  sale,
  event,
  entry,
}: {
  readonly sale: SeatSale;
  readonly event: ShopEvent;
  readonly entry: Entry;
}): ReactNode {
  const t = useTranslations('seats');
  const { selection } = useChoice(sale);
  const [isOpen, setOpen] = useState(false);
  const { reserving, reserveChosen, reserveBest, askAgain } = useSeatReservation(sale, event.eventId);
  const isLocked = reserving.phase !== 'idle';
  const mayReserve = entry.state !== 'outside' && event.state !== 'ended' && event.state !== 'cancelled';
  const isEmpty = selection.length === 0;
  return (
    <aside
      aria-label={t('choice.title')}
      className="grid max-h-[60%] shrink-0 content-start gap-3 overflow-y-auto border-rule bg-surface p-4 below:rounded-t-card below:border-t below:shadow-card beside:max-h-none beside:w-72 beside:border-s beside:lg:w-96"
    >
      <LostSeats sale={sale} />
      <AttemptNotice reserving={reserving} slug={event.slug} onAskAgain={askAgain} />
      <OwnHoldNotice event={event} />
      <EntryNotice event={event} entry={entry} />
      {event.state !== 'upcoming' && sale.board.grades.every((stock) => stock.left === 0) && (
        <Notice title={t('entry.soldOutTitle')}>{t('entry.soldOut')}</Notice>
      )}
      <div className={classNames('grid gap-3', !isOpen && 'below:hidden')} id="seat-choice">
        <ChosenSeats sale={sale} isLocked={isLocked} />
      </div>
      {isEmpty && (
        <BestAvailable sale={sale} isBusy={isLocked} isOffered={mayReserve} onReserve={reserveBest} />
      )}
      {!isEmpty && (
        <Summary sale={sale} isOpen={isOpen} onOpen={() => setOpen(!isOpen)}>
          {mayReserve && (
            <Button isWide isBusy={isLocked} onClick={reserveChosen}>
              {t('choice.reserve', { count: selection.length })}
            </Button>
          )}
        </Summary>
      )}
    </aside>
  );
}

function Summary({
  sale,
  isOpen,
  onOpen,
  children,
}: {
  readonly sale: SeatSale;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const t = useTranslations('seats.choice');
  const locale = usePageLocale();
  const { selection } = useChoice(sale);
  const total = selection.reduce((sum, seatId) => sum + sale.board.priceOf(seatId), 0);
  return (
    <div className="sticky bottom-0 grid gap-2 bg-surface beside:border-t beside:border-rule beside:pt-3">
      <p className="flex items-center justify-between gap-3">
        <span className="below:hidden">{t('total')}</span>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="seat-choice"
          onClick={onOpen}
          className="inline-flex min-h-11 items-center gap-1 font-semibold underline-offset-4 hover:underline beside:hidden"
        >
          {t('count', { count: selection.length, limit: sale.limit })}
          <span aria-hidden>{isOpen ? '▾' : '▴'}</span>
        </button>
        <strong className="numeric text-xl">{formatWon(total, locale)}</strong>
      </p>
      {children}
    </div>
  );
}
