'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { PlaceList } from './place-list.tsx';
import type { Booking } from './read-booking.ts';
import { Receipt } from './receipt.tsx';
import { RefundList } from './refund-outcome.tsx';
import { ShowHeading } from './show-heading.tsx';
import type { Situation } from './situation.ts';
import { useShow } from './use-show.ts';
import { useTickets } from './use-tickets.ts';

type Ended = Exclude<Situation, { readonly kind: 'held' | 'paid' | 'checking' }>;

/** A booking that ended: what happened, what became of the money, and the way back. */
export function EndedBooking({
  booking: { reservation },
  situation,
}: {
  readonly booking: Booking;
  readonly situation: Ended;
}): ReactNode {
  const t = useTranslations('bookings');
  const show = useShow(reservation.eventId);
  const { payment } = situation;
  const isPaid = payment !== undefined && situation.kind !== 'expired' && situation.kind !== 'cancelled';
  return (
    <div className="grid gap-6">
      <EndNotice situation={situation} />
      <Card className="grid gap-5">
        <ShowHeading eventId={reservation.eventId} {...(payment && { fallback: payment.orderName })} />
        <PlaceList reservation={reservation} isVoid />
        {isPaid && <Receipt payment={payment} />}
        {isPaid && <RefundList payment={payment} />}
      </Card>
      <div className="flex flex-wrap gap-2">
        {situation.kind === 'replaced' ? (
          <ReplacementLink eventId={reservation.eventId} payment={situation.payment} />
        ) : (
          !show.isCancelled && <LinkButton href={show.path}>{t('bookAgain')}</LinkButton>
        )}
        <LinkButton href="/reservations" tone="secondary">
          {t('toReservations')}
        </LinkButton>
      </div>
    </div>
  );
}

function EndNotice({ situation }: { readonly situation: Ended }): ReactNode {
  const t = useTranslations('bookings.ended');
  const locale = usePageLocale();
  const { kind, payment } = situation;
  const key = kind === 'money-back' ? (payment.state === 'refunded' ? 'moneyBack' : 'moneyOnItsWay') : kind;
  const amount = payment === undefined ? '' : formatWon(payment.amount, locale);
  const tone =
    kind === 'replaced' || key === 'moneyBack' ? 'good' : kind === 'money-back' ? 'warn' : 'neutral';
  return (
    <Notice tone={tone} title={t(`${key}.title`, { amount })}>
      {t(`${key}.text`, { amount })}
    </Notice>
  );
}

/** The way from a booking that was lost to the one that took its place. */
function ReplacementLink({
  eventId,
  payment,
}: {
  readonly eventId: string;
  readonly payment: PaymentView;
}): ReactNode {
  const t = useTranslations('bookings');
  const tickets = useTickets(eventId, payment.paymentId, (ticket) =>
    payment.ticketIds.includes(ticket.ticketId),
  );
  const reservationId = tickets.data?.[0]?.reservationId;
  if (reservationId === undefined) return <LinkButton href="/tickets">{t('toTickets')}</LinkButton>;
  return <LinkButton href={`/reservations/${reservationId}`}>{t('toReplacement')}</LinkButton>;
}
