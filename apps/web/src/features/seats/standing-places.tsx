'use client';

import { reservePlaces } from '@urr/contracts/ticket.ts';
import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { AttemptNotice } from './attempt-notice.tsx';
import { EntryNotice } from './entry-notice.tsx';
import { OwnHoldNotice } from './own-hold-notice.tsx';
import { placesAmount, placesItems, withinStock } from './place-choice.ts';
import { poolsLeftIn } from './problem-numbers.ts';
import type { ShopEvent } from './shop-event.ts';
import { TicketType } from './ticket-type.tsx';
import { useEntry } from './use-entry.ts';
import { usePoolStatus } from './use-pool-status.ts';
import { useReserve } from './use-reserve.ts';

/** Ticket types of an event without seats, each with its number; reserves them together. */
export function StandingPlaces({
  event,
  status,
}: {
  readonly event: ShopEvent;
  readonly status: SeatStatus;
}): ReactNode {
  const t = useTranslations('seats');
  const { pools, freshness } = usePoolStatus(event.eventId, status);
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const entry = useEntry(event.eventId, event.isSignedIn);
  const reserving = useReserve();
  const refused =
    reserving.problem === undefined ? new Map<string, number>() : poolsLeftIn(reserving.problem);
  const chosen = withinStock(wanted, pools, event.limit);
  const items = placesItems(chosen);
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  const isLocked = reserving.phase !== 'idle';
  const mayReserve = entry.state !== 'outside' && event.state !== 'ended' && event.state !== 'cancelled';
  const reserve = () =>
    void reserving.begin((idempotencyKey) =>
      call(reservePlaces, { body: { eventId: event.eventId, items } }, { idempotencyKey }),
    );
  return (
    <div className="grid gap-4">
      <OwnHoldNotice event={event} />
      <EntryNotice event={event} entry={entry} />
      {(freshness === 'polling' || freshness === 'lost') && (
        <output className="block rounded-control bg-warn-soft px-4 py-2 text-sm text-warn">
          {t(`freshness.${freshness}`)}
        </output>
      )}
      <p className="flex flex-wrap justify-between gap-2 text-sm text-muted">
        <span>{t('standing.lead')}</span>
        <span>{t('choice.limitPlaces', { limit: event.limit })}</span>
      </p>
      <ul className="grid gap-3">
        {pools.map((pool) => (
          <TicketType
            key={pool.ticketTypeId}
            pool={pool}
            quantity={chosen.get(pool.ticketTypeId) ?? 0}
            most={event.limit - count + (chosen.get(pool.ticketTypeId) ?? 0)}
            isLocked={isLocked || !mayReserve}
            leftAsRefused={refused.get(pool.ticketTypeId)}
            onChange={(quantity) => {
              reserving.forgetProblem();
              setWanted(new Map(chosen).set(pool.ticketTypeId, quantity));
            }}
          />
        ))}
      </ul>
      <AttemptNotice reserving={reserving} slug={event.slug} onAskAgain={() => void reserving.askAgain()} />
      {mayReserve && (
        <Total amount={placesAmount(chosen, pools)} count={count} isBusy={isLocked} onReserve={reserve} />
      )}
    </div>
  );
}

function Total({
  amount,
  count,
  isBusy,
  onReserve,
}: {
  readonly amount: number;
  readonly count: number;
  readonly isBusy: boolean;
  readonly onReserve: () => void;
}): ReactNode {
  const t = useTranslations('seats.choice');
  const locale = usePageLocale();
  return (
    <div className="sticky bottom-3 grid gap-3 rounded-card border border-rule bg-surface p-4 shadow-card">
      <p className="flex items-baseline justify-between">
        <span>{t('total')}</span>
        <strong className="numeric text-xl" aria-live="polite">
          {formatWon(amount, locale)}
        </strong>
      </p>
      <Button isWide isBusy={isBusy} disabled={count === 0} onClick={onReserve}>
        {count === 0 ? t('choosePlaces') : t('reservePlaces', { count })}
      </Button>
    </div>
  );
}
