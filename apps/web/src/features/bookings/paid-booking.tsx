'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { BookedTickets } from './booked-tickets.tsx';
import { PlaceList } from './place-list.tsx';
import type { Booking } from './read-booking.ts';
import { Receipt } from './receipt.tsx';
import { RefundPanel } from './refund-panel.tsx';
import { ShowHeading } from './show-heading.tsx';
import { useShow } from './use-show.ts';
import { useLookAgain } from './use-booking.ts';
import { useTickets } from './use-tickets.ts';

/** A paid booking: its tickets, what was paid, and the way to give tickets back. */
export function PaidBooking({
  booking,
  payment,
}: {
  readonly booking: Booking;
  /** Undefined while it cannot be read, or does not say yet that it is done. */
  readonly payment: PaymentView | undefined;
}): ReactNode {
  const { eventId, reservationId } = booking.reservation;
  const tickets = useTickets(eventId, reservationId, (ticket) => ticket.reservationId === reservationId);
  const { refetch } = tickets;
  const look = useCallback(() => refetch(), [refetch]);
  // Tickets learn of their refund a moment after the payment does.
  useLookAgain(tickets.data?.some((ticket) => ticket.state === 'returning') ?? false, look);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-6">
        <BookingNotices reservation={booking.reservation} />
        <TicketsCard eventId={eventId} fallback={payment?.orderName ?? ''} tickets={tickets} />
        {payment !== undefined && tickets.data !== undefined && (
          <RefundPanel
            payment={payment}
            tickets={tickets.data}
            refundableUntil={booking.reservation.refundableUntil}
          />
        )}
      </div>
      <ReceiptCard booking={booking} payment={payment} tickets={tickets.data ?? []} />
    </div>
  );
}

function BookingNotices({ reservation }: Pick<Booking, 'reservation'>): ReactNode {
  const t = useTranslations('bookings');
  const show = useShow(reservation.eventId);
  return (
    <>
      {show.isCancelled && (
        <Notice tone="warn" title={t('showCancelledTitle')}>
          {t('showCancelled')}
        </Notice>
      )}
      {reservation.replaces !== undefined && (
        <Notice title={t('replacementTitle')}>{t('replacement')}</Notice>
      )}
    </>
  );
}

function TicketsCard({
  eventId,
  fallback,
  tickets,
}: {
  readonly eventId: string;
  readonly fallback: string;
  readonly tickets: ReturnType<typeof useTickets>;
}): ReactNode {
  const t = useTranslations('bookings');
  const again = (
    <Button tone="secondary" onClick={() => void tickets.refetch()}>
      {t('again')}
    </Button>
  );
  return (
    <Card className="grid gap-5">
      <ShowHeading eventId={eventId} fallback={fallback} />
      {tickets.isPending && <Skeleton className="h-14" />}
      {tickets.error !== null && <ProblemNotice problem={tickets.error.problem} action={again} />}
      {tickets.data !== undefined && <BookedTickets tickets={tickets.data} />}
      <LinkButton href="/tickets" className="justify-self-start">
        {t('toTickets')}
      </LinkButton>
    </Card>
  );
}

function ReceiptCard({
  booking: { reservation, payments },
  payment,
  tickets,
}: {
  readonly booking: Booking;
  readonly payment: PaymentView | undefined;
  readonly tickets: readonly Ticket[];
}): ReactNode {
  const t = useTranslations('bookings');
  return (
    <Card className="grid gap-5">
      <h2 className="text-lg">{t('receipt.title')}</h2>
      <PlaceList reservation={reservation} returned={tickets.filter(({ state }) => state === 'returned')} />
      {payment === undefined ? (
        <p className="text-sm text-muted">{t(payments === undefined ? 'paymentUnread' : 'paymentLater')}</p>
      ) : (
        <Receipt payment={payment} />
      )}
    </Card>
  );
}
