'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useState } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { PlaceList } from '../bookings/place-list.tsx';
import { ShowHeading } from '../bookings/show-heading.tsx';
import { useBooking } from '../bookings/use-booking.ts';
import { useShow } from '../bookings/use-show.ts';
import { HoldTimer } from './hold-timer.tsx';
import { useServerClock } from './use-server-clock.ts';

/** The way on after a payment that did not come about: pay again while the places are held, else choose again. */
export function TryAgain({ payment }: { readonly payment: PaymentView | undefined }): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  if (payment === undefined) return <LinkButton href="/reservations">{t('toReservations')}</LinkButton>;
  return <HeldOrNot payment={payment} />;
}

function HeldOrNot({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  const { data, error } = useBooking(payment.reservationId);
  const show = useShow(payment.eventId);
  const offsetMs = useServerClock();
  const [isOver, setOver] = useState(false);
  const end = useCallback(() => setOver(true), []);
  const toBooking = `/reservations/${payment.reservationId}` as const;
  if (error !== null) return <LinkButton href={toBooking}>{t('toBooking')}</LinkButton>;
  if (data === undefined || offsetMs === undefined) return <Skeleton className="h-72 rounded-card" />;
  const { reservation } = data;
  if (reservation.state !== 'pending' || isOver) {
    const isPaid = reservation.state === 'confirmed';
    return (
      <Notice
        title={t(isPaid ? 'paidTitle' : 'goneTitle')}
        action={
          <LinkButton href={isPaid ? toBooking : show.seatsPath}>
            {t(isPaid ? 'toBooking' : 'chooseAgain')}
          </LinkButton>
        }
      >
        {t(isPaid ? 'paid' : 'gone')}
      </Notice>
    );
  }
  return (
    <>
      <HoldTimer hold={reservation} offsetMs={offsetMs} onOver={end} />
      <Card className="grid gap-5">
        <ShowHeading eventId={payment.eventId} fallback={payment.orderName} />
        <PlaceList reservation={reservation} />
        <LinkButton href={toBooking} isWide>
          {t('payAgain')}
        </LinkButton>
      </Card>
    </>
  );
}
