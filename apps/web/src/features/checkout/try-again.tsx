'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useState } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { PlaceList } from '../bookings/place-list.tsx';
import type { Booking } from '../bookings/read-booking.ts';
import { ShowHeading } from '../bookings/show-heading.tsx';
import { lastEndedTry } from '../bookings/situation.ts';
import { useBooking } from '../bookings/use-booking.ts';
import { useServerClock } from '../bookings/use-server-clock.ts';
import { useShow } from '../bookings/use-show.ts';
import { readEqualSeatsChoice } from './equal-seats-choice.ts';
import { GiveBack } from './give-back.tsx';
import { HoldTimer } from './hold-timer.tsx';
import { PayForm } from './pay-form.tsx';

/** The way on after a payment that did not come about: pay again or give back while the places are held, else choose again. */
export function TryAgain({ payment }: { readonly payment: PaymentView | undefined }): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  if (payment === undefined) return <LinkButton href="/reservations">{t('toReservations')}</LinkButton>;
  return (
    <>
      <HeldOrNot payment={payment} />
      <WaysOut eventId={payment.eventId} />
    </>
  );
}

function HeldOrNot({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  const { data, error, refetch } = useBooking(payment.reservationId);
  const offsetMs = useServerClock();
  const [isOver, setOver] = useState(false);
  const end = useCallback(() => setOver(true), []);
  if (error !== null) {
    return <LinkButton href={`/reservations/${payment.reservationId}`}>{t('toBooking')}</LinkButton>;
  }
  if (data === undefined || offsetMs === undefined) return <Skeleton className="h-96 rounded-card" />;
  const { reservation } = data;
  if (reservation.state !== 'pending' || isOver) {
    return <NoLongerHeld payment={payment} isPaid={reservation.state === 'confirmed'} />;
  }
  return (
    <>
      <HoldTimer hold={reservation} offsetMs={offsetMs} onOver={end} />
      <PayAgain booking={data} onChange={refetch} />
      <Card className="grid gap-5">
        <ShowHeading eventId={payment.eventId} fallback={payment.orderName} />
        <PlaceList reservation={reservation} />
      </Card>
    </>
  );
}

function PayAgain({
  booking: { reservation, payments = [] },
  onChange,
}: {
  readonly booking: Booking;
  readonly onChange: () => Promise<unknown>;
}): ReactNode {
  const isPaymentOpen = payments[0]?.state === 'open';
  return (
    <Card className="grid gap-4">
      <PayForm
        reservation={reservation}
        since={lastEndedTry(payments)?.paymentId}
        acceptEqualSeats={readEqualSeatsChoice(sessionStorage, reservation.reservationId)}
        isPaymentOpen={isPaymentOpen}
        onChange={() => void onChange()}
      />
      <GiveBack reservationId={reservation.reservationId} isPaymentOpen={isPaymentOpen} onAnswer={onChange} />
    </Card>
  );
}

function NoLongerHeld({
  payment,
  isPaid,
}: {
  readonly payment: PaymentView;
  readonly isPaid: boolean;
}): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  const show = useShow(payment.eventId);
  const way = isPaid ? (`/reservations/${payment.reservationId}` as const) : show.seatsPath;
  return (
    <Notice
      title={t(isPaid ? 'paidTitle' : 'goneTitle')}
      action={<LinkButton href={way}>{t(isPaid ? 'toBooking' : 'chooseAgain')}</LinkButton>}
    >
      {t(isPaid ? 'paid' : 'gone')}
    </Notice>
  );
}

function WaysOut({ eventId }: { readonly eventId: string }): ReactNode {
  const t = useTranslations('checkout.tryAgain');
  const show = useShow(eventId);
  return (
    <div className="flex flex-wrap gap-2">
      <LinkButton href={show.path} tone="secondary">
        {t('toShow')}
      </LinkButton>
      <LinkButton href="/reservations" tone="secondary">
        {t('toReservations')}
      </LinkButton>
    </div>
  );
}
