'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { CheckingBooking } from '../bookings/checking-booking.tsx';
import { EndedBooking } from '../bookings/ended-booking.tsx';
import { PaidBooking } from '../bookings/paid-booking.tsx';
import type { Booking } from '../bookings/read-booking.ts';
import { TabTitle } from '../bookings/tab-title.tsx';
import { isMoving, type Situation, situationOf } from '../bookings/situation.ts';
import { useBooking, useLookAgain } from '../bookings/use-booking.ts';
import { CheckoutPanel } from './checkout-panel.tsx';

/** One reservation: its checkout while it is held, and what became of it afterwards. */
export function ReservationScreen({ reservationId }: { readonly reservationId: string }): ReactNode {
  const t = useTranslations('bookings');
  const { data, error, refetch } = useBooking(reservationId);
  const situation = data && situationOf(data.reservation, data.payments ?? []);
  const look = useCallback(() => refetch(), [refetch]);
  // Tickets may be there before their payment says that it is done.
  const isSettling = data?.payments?.some((payment) => payment.state === 'checking') ?? false;
  useLookAgain(isSettling || (situation !== undefined && isMoving(situation)), look);
  if (data === undefined || situation === undefined) {
    return (
      <Page title={t('title')}>
        {error === null ? (
          <LoadingBooking />
        ) : (
          <Unread error={error.problem} onAgain={() => void refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page title={t(`heading.${situation.kind}`)} isNarrow={isNarrow(situation)}>
      <TabTitle heading={t(`heading.${situation.kind}`)} eventId={data.reservation.eventId} />
      <BookingBody booking={data} situation={situation} onChange={look} />
    </Page>
  );
}

function isNarrow({ kind }: Situation): boolean {
  return kind !== 'held' && kind !== 'paid';
}

function BookingBody({
  booking,
  situation,
  onChange,
}: {
  readonly booking: Booking;
  readonly situation: Situation;
  readonly onChange: () => Promise<unknown>;
}): ReactNode {
  switch (situation.kind) {
    case 'held':
      return <CheckoutPanel booking={booking} payment={situation.payment} onChange={onChange} />;
    case 'checking':
      return <CheckingBooking booking={booking} payment={situation.payment} />;
    case 'paid':
      return <PaidBooking booking={booking} payment={situation.payment} />;
    case 'returned':
    case 'replaced':
    case 'money-back':
    case 'expired':
    case 'cancelled':
      return <EndedBooking booking={booking} situation={situation} />;
  }
}

function Unread({
  error,
  onAgain,
}: {
  readonly error: Parameters<typeof ProblemNotice>[0]['problem'];
  readonly onAgain: () => void;
}): ReactNode {
  const t = useTranslations('bookings');
  if (error.code === 'unauthenticated') return <SignInFirst />;
  const action =
    error.code === 'reservation-not-found' || error.code === 'invalid-input' ? (
      <LinkButton href="/reservations">{t('toReservations')}</LinkButton>
    ) : (
      <Button tone="secondary" onClick={onAgain}>
        {t('again')}
      </Button>
    );
  return <ProblemNotice problem={error} action={action} />;
}

function LoadingBooking(): ReactNode {
  const t = useTranslations('common');
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <output className="sr-only">{t('loading')}</output>
      <Skeleton className="h-80 rounded-card" />
      <Skeleton className="h-80 rounded-card" />
    </div>
  );
}
