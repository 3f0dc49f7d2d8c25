'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { PlaceList } from './place-list.tsx';
import type { Booking } from './read-booking.ts';
import { Receipt } from './receipt.tsx';
import { ShowHeading } from './show-heading.tsx';

/** A booking whose payment is on its way: its outcome is being found out, and paying again would be wrong. */
export function CheckingBooking({
  booking: { reservation },
  payment,
}: {
  readonly booking: Booking;
  readonly payment: PaymentView;
}): ReactNode {
  const t = useTranslations('bookings.checking');
  return (
    <div className="grid gap-6">
      <Notice tone="warn" title={t('title')}>
        {t('text')}
      </Notice>
      <Card className="grid gap-5">
        <ShowHeading eventId={reservation.eventId} fallback={payment.orderName} />
        <PlaceList reservation={reservation} />
        <Receipt payment={payment} />
      </Card>
    </div>
  );
}
