'use client';

import { listMyReservations, type Reservation } from '@urr/contracts/ticket.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import type { ShopEvent } from './shop-event.ts';
import { useWhenSeen } from './use-when-seen.ts';

/** Places of this event that the reader holds already: who went back from the checkout sees the way to it. */
export function OwnHoldNotice({ event }: { readonly event: ShopEvent }): ReactNode {
  const t = useTranslations('seats.ownHold');
  const [held, setHeld] = useState<Reservation>();
  useWhenSeen(
    async (isGone) => {
      const answer = await call(listMyReservations, { query: {} });
      if (isGone() || !answer.ok) return;
      setHeld(answer.body.reservations.find((own) => isHeldFor(event.eventId, own)));
    },
    event.isSignedIn ? event.eventId : undefined,
  );
  if (held === undefined) return null;
  return (
    <Notice
      tone="good"
      title={t('title', { count: held.quantity })}
      action={
        <LinkButton href={`/reservations/${held.reservationId}`} isWide>
          {t('pay')}
        </LinkButton>
      }
    >
      {t('lead')}
    </Notice>
  );
}

// One that has just ended is shown as such behind the link: the store's clock decides, not the device's.
function isHeldFor(eventId: string, reservation: Reservation): boolean {
  return reservation.eventId === eventId && reservation.state === 'pending';
}
