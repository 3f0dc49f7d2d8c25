'use client';

import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useState } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { PlaceList } from '../bookings/place-list.tsx';
import type { Booking } from '../bookings/read-booking.ts';
import { ShowHeading } from '../bookings/show-heading.tsx';
import { lastEndedTry } from '../bookings/situation.ts';
import { useServerClock } from '../bookings/use-server-clock.ts';
import { useShow } from '../bookings/use-show.ts';
import { FailureText } from './failure-text.tsx';
import { GiveBack } from './give-back.tsx';
import { HoldTimer } from './hold-timer.tsx';
import { PayForm } from './pay-form.tsx';
import { keepEqualSeatsChoice, readEqualSeatsChoice } from './equal-seats-choice.ts';

/** The checkout of a hold: what is held, what it costs, how long, and the way to the payment window. */
export function CheckoutPanel({
  booking,
  payment,
  onChange,
}: {
  readonly booking: Booking;
  /** The last try to pay. */
  readonly payment: PaymentView | undefined;
  readonly onChange: () => Promise<unknown>;
}): ReactNode {
  const { reservation } = booking;
  const { reservationId } = reservation;
  const show = useShow(reservation.eventId);
  const offsetMs = useServerClock();
  const { isOver, end } = useEnd(reservation.expiresAt, onChange);
  const [accepts, choose] = useEqualSeats(reservationId);
  const isPaymentOpen = payment?.state === 'open';
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr] [&_:is(a,button,input,summary)]:scroll-mt-32">
      {/* On a phone a bar of its own: what scrolls under it is hidden whole, not cut by a floating card. */}
      <div className="sticky top-0 z-10 -mx-4 bg-paper px-4 py-2 lg:static lg:col-start-2 lg:row-start-1 lg:m-0 lg:p-0">
        {offsetMs === undefined ? (
          <Skeleton className="h-[5.25rem] rounded-card" />
        ) : (
          <HoldTimer hold={reservation} offsetMs={offsetMs} onOver={end} />
        )}
      </div>
      <div className="grid gap-6 lg:col-start-1 lg:row-span-2 lg:row-start-1">
        {isOver ? <OverNotice path={show.seatsPath} /> : <LastTry payment={payment} />}
        <Card className="grid gap-5">
          <ShowHeading eventId={reservation.eventId} />
          <PlaceList reservation={reservation} />
        </Card>
        {reservation.seats.length > 0 && !isOver && (
          <EqualSeats isAccepted={accepts ?? false} onChange={choose} />
        )}
      </div>
      {!isOver && (
        <Card className="grid gap-4 lg:col-start-2 lg:row-start-2">
          <PayForm
            reservation={reservation}
            since={lastEndedTry(booking.payments ?? [])?.paymentId}
            acceptEqualSeats={accepts}
            isPaymentOpen={isPaymentOpen}
            onChange={() => void onChange()}
          />
          <GiveBack reservationId={reservationId} isPaymentOpen={isPaymentOpen} onAnswer={onChange} />
        </Card>
      )}
    </div>
  );
}

/** Notes that a hold has run out, and looks what the server says. */
function useEnd(expiresAt: string, onChange: () => Promise<unknown>) {
  // A hold that is pinned in another tab meanwhile goes on: what is over is this end of it.
  const [endedAt, setEndedAt] = useState<string>();
  const end = useCallback(() => {
    setEndedAt(expiresAt);
    void onChange();
  }, [expiresAt, onChange]);
  return { isOver: endedAt === expiresAt, end };
}

function useEqualSeats(reservationId: string) {
  const [accepts, setAccepts] = useState(() => readEqualSeatsChoice(sessionStorage, reservationId));
  const choose = (isAccepted: boolean) => {
    keepEqualSeatsChoice(sessionStorage, reservationId, isAccepted);
    setAccepts(isAccepted);
  };
  return [accepts, choose] as const;
}

function LastTry({ payment }: { readonly payment: PaymentView | undefined }): ReactNode {
  const t = useTranslations('checkout.lastTry');
  if (payment?.state === 'open') return <Notice title={t('openTitle')}>{t('open')}</Notice>;
  if (payment?.state === 'failed' || payment?.state === 'expired') {
    return (
      <Notice tone="warn" title={t('failedTitle')}>
        <FailureText code={payment.failure?.code ?? ''} message={payment.failure?.message ?? ''} />
      </Notice>
    );
  }
  return null;
}

function EqualSeats({
  isAccepted,
  onChange,
}: {
  readonly isAccepted: boolean;
  readonly onChange: (isAccepted: boolean) => void;
}): ReactNode {
  const t = useTranslations('checkout.equalSeats');
  return (
    <Card>
      <div className="-mx-2 -my-2.5">
        <Checkbox isChecked={isAccepted} onChange={onChange}>
          <span className="block font-medium">{t('label')}</span>
          <span className="mt-1 block text-sm text-muted">{t('hint')}</span>
        </Checkbox>
      </div>
    </Card>
  );
}

function OverNotice({ path }: { readonly path: `/events/${string}` }): ReactNode {
  const t = useTranslations('checkout.over');
  return (
    <Notice tone="bad" title={t('title')} action={<LinkButton href={path}>{t('again')}</LinkButton>} isUrgent>
      {t('text')}
    </Notice>
  );
}
