'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { BookedTickets } from '../bookings/booked-tickets.tsx';
import { holdSamePlaces } from '../bookings/place-lines.ts';
import { Receipt } from '../bookings/receipt.tsx';
import { ShowHeading } from '../bookings/show-heading.tsx';
import { useBooking } from '../bookings/use-booking.ts';
import { useTickets } from '../bookings/use-tickets.ts';

/** A payment that is done: the tickets, what was paid, and the way to both. */
export function ConfirmedPayment({ payment }: { readonly payment: PaymentView }): ReactNode {
  const t = useTranslations('checkout.confirmed');
  const tickets = useTickets(payment.eventId, payment.paymentId, (ticket) =>
    payment.ticketIds.includes(ticket.ticketId),
  );
  const reservationId = tickets.data?.[0]?.reservationId ?? payment.reservationId;
  return (
    <div className="grid gap-5">
      <Notice tone="good" title={t('title', { count: payment.ticketIds.length })}>
        {t('text', { count: payment.ticketIds.length })}
      </Notice>
      {tickets.data !== undefined && reservationId !== payment.reservationId && (
        <Replaced lost={payment.reservationId} taken={reservationId} />
      )}
      <Card className="grid gap-5">
        <ShowHeading eventId={payment.eventId} fallback={payment.orderName} />
        <IssuedTickets
          tickets={tickets.data}
          isUnread={tickets.error !== null}
          count={payment.ticketIds.length}
        />
        <div className="flex flex-wrap gap-2">
          <LinkButton href="/tickets">{t('toTickets')}</LinkButton>
          <LinkButton href={`/reservations/${reservationId}`} tone="secondary">
            {t('toBooking')}
          </LinkButton>
        </div>
      </Card>
      <Card className="grid gap-4">
        <h2 className="text-lg">{t('receipt')}</h2>
        <Receipt payment={payment} />
      </Card>
    </div>
  );
}

function IssuedTickets({
  tickets,
  isUnread,
  count,
}: {
  readonly tickets: readonly Ticket[] | undefined;
  readonly isUnread: boolean;
  readonly count: number;
}): ReactNode {
  const t = useTranslations('checkout.confirmed');
  if (tickets !== undefined) return <BookedTickets tickets={tickets} />;
  if (isUnread) return <p className="text-muted">{t('unread')}</p>;
  return (
    <div className="grid gap-2">
      {Array.from({ length: count }, (_, place) => (
        <Skeleton key={place} className="h-14" />
      ))}
    </div>
  );
}

/** The hold was lost while the money moved: says whether the tickets are for other seats. */
function Replaced({ lost, taken }: { readonly lost: string; readonly taken: string }): ReactNode {
  const t = useTranslations('checkout.confirmed');
  const before = useBooking(lost).data?.reservation;
  const after = useBooking(taken).data?.reservation;
  if (before === undefined || after === undefined || holdSamePlaces(before, after)) return null;
  return (
    <Notice tone="warn" title={t('replacedTitle')}>
      {t('replaced')}
    </Notice>
  );
}
